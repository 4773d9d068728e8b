import type { GraphQLSchema } from 'graphql';
import { invalid } from '../../platform/errors.ts';
import type { WebhookEvent } from '../../schema.types.ts';
import { isPermission, PERMISSIONS, withImplied } from '../auth/permissions.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Webhook } from './documents.ts';
import { scopesFor } from './event-types.ts';
import { checkQuery } from './query-check.ts';
import type { WebhookSettings } from './settings.ts';
import { RefusedTarget, readTarget } from './target.ts';

const LONGEST_NAME = 200;

/** What an owner decides about a webhook. */
export type WebhookParts = Pick<Webhook, 'name' | 'url' | 'events' | 'query' | 'scopes' | 'isActive'>;

type Given = { [P in keyof WebhookParts]?: WebhookParts[P] | null };

/** What is given put over what is there, and checked as a whole. */
export function readParts(
  given: Given,
  before: WebhookParts | null,
  { viewer, settings, schema }: { viewer: Viewer; settings: WebhookSettings; schema: GraphQLSchema },
): WebhookParts {
  const url = given.url == null ? before?.url : readUrl(given.url, settings);
  const events = given.events == null ? before?.events : readEvents(given.events);
  if (url === undefined || events === undefined) throw new Error('A new webhook has a url and events');
  const name = given.name == null ? (before?.name ?? new URL(url).hostname) : readName(given.name);
  const scopes = given.scopes == null ? (before?.scopes ?? scopesFor(events)) : readScopes(given.scopes);
  const query = given.query === undefined ? (before?.query ?? null) : given.query;
  const isActive = given.isActive ?? before?.isActive ?? true;
  checkScopes(scopes, events, viewer);
  if (query !== null) checkQuery(schema, { query, events, scopes }, settings.production);
  return { name, url, events, query, scopes, isActive };
}

function readUrl(given: string, settings: WebhookSettings): string {
  try {
    return readTarget(given, settings).href;
  } catch (error) {
    if (error instanceof RefusedTarget) throw invalid(error.message, 'input', 'url');
    throw error;
  }
}

function readEvents(given: readonly WebhookEvent[]): WebhookEvent[] {
  if (given.length === 0) throw invalid('A webhook is told of at least one event', 'input', 'events');
  return [...new Set(given)];
}

function readName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > LONGEST_NAME)
    throw invalid(`A webhook has a name of 1 to ${LONGEST_NAME} characters`, 'input', 'name');
  return name;
}

function readScopes(given: readonly string[]): string[] {
  const unknown = given.filter((scope) => !isPermission(scope));
  if (unknown.length > 0)
    throw wrongScopes(`There is no scope ${unknown.join(', ')}; there are ${PERMISSIONS.join(', ')}`);
  return [...new Set(given)];
}

/** Enough for its events, and no more than its maker has. */
function checkScopes(scopes: readonly string[], events: readonly WebhookEvent[], viewer: Viewer) {
  const held = withImplied(scopes);
  const missing = scopesFor(events).filter((scope) => !held.has(scope));
  if (missing.length > 0) throw wrongScopes(`Its events need ${missing.join(', ')}: add it to scopes`);
  refuseWider(scopes, viewer);
}

/** Whoever decides where a webhook sends to, or sees what it sends, has to be permitted all that it reads. */
export function refuseWider(scopes: readonly string[], viewer: Viewer): void {
  const wider = [...withImplied(scopes)].filter((scope) => isPermission(scope) && !viewer.may(scope));
  if (wider.length > 0) throw wrongScopes(`You cannot give what you do not have: ${wider.join(', ')}`);
}

const wrongScopes = (message: string) => invalid(message, 'input', 'scopes');
