import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { ObjectId } from 'mongodb';
import type { Context } from './context.ts';
import { tenantOfKey } from './domains/auth/api-keys.ts';
import { operatorGate } from './domains/auth/operator-keys.ts';
import { tenantOfToken } from './domains/auth/tokens.ts';
import { keyViewer, operator, shopper, userViewer, type Viewer } from './domains/auth/viewer.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import { badInput, tenantNotFound, unauthenticated } from './platform/errors.ts';
import type { Database } from './platform/mongo/client.ts';
import type { Origin, Scope } from './platform/mongo/scope.ts';
import type { Services } from './services.ts';

const REQUEST_MS = 15_000;
const COMMAND_MS = 5_000;
const BEARER = /^bearer +(\S+)$/i;

/** As node:http gives it. */
type AskedBy = Pick<IncomingMessage, 'headers' | 'socket'>;

export type ContextOptions = {
  database: Database;
  services: Services;
  defaultTenant: string | undefined;
  operatorKey: string | undefined;
  onCommand: Scope['onCommand'];
};

/** What a caller shows to say who they are; at most one of them. */
type Credentials = { operatorKey?: string; apiKey?: string; sessionToken?: string };

/** What a request is about: its shop and who asks, out of its headers. */
export function contextSource(options: ContextOptions) {
  const { database, services, defaultTenant, onCommand } = options;
  const { directory } = services;
  const admitOperator = operatorGate(
    database.systemDb('who is the operator', { commandMs: COMMAND_MS }),
    options.operatorKey,
  );

  async function findShop(headers: IncomingHttpHeaders, credentials: Credentials): Promise<Tenant | null> {
    const named = text(headers['x-tenant']);
    if (named !== undefined) return directory.bySubdomain(named.toLowerCase());
    const host = hostLabel(headers.host);
    const ofCredentials = tenantOf(credentials);
    return (
      (host && (await directory.bySubdomain(host))) ||
      (ofCredentials && (await directory.byId(ofCredentials))) ||
      (defaultTenant && (await directory.bySubdomain(defaultTenant))) ||
      null
    );
  }

  async function shopOf(headers: IncomingHttpHeaders, credentials: Credentials): Promise<Tenant> {
    const shop = await findShop(headers, credentials);
    if (!shop) throw tenantNotFound(text(headers['x-tenant']) ?? hostLabel(headers.host));
    return shop;
  }

  async function viewerOf(credentials: Credentials, shop: Tenant): Promise<Viewer> {
    const { apiKey, sessionToken } = credentials;
    if (apiKey === undefined && sessionToken === undefined) return shopper();
    if (!tenantOf(credentials)?.equals(shop._id)) {
      throw unauthenticated(`This ${apiKey ? 'API key' : 'session token'} is not valid for ${shop.name}`);
    }
    const db = database.tenantDb(shop._id, { onCommand, commandMs: COMMAND_MS });
    if (apiKey !== undefined) {
      const key = await services.apiKeys.find(db, apiKey);
      return keyViewer(key._id.toHexString(), key.scopes);
    }
    const token = sessionToken ?? '';
    const session = await services.sessions.find(db, token);
    if (!session) throw unauthenticated('This session has ended: sign in again');
    return userViewer({ ...session, token });
  }

  return async ({ headers, socket }: AskedBy): Promise<Context> => {
    const credentials = credentialsOf(headers);
    const requestId = text(headers['x-request-id'])?.slice(0, 64) ?? randomUUID();
    const scopeOf = (viewer: Viewer) => ({
      deadline: Date.now() + REQUEST_MS,
      commandMs: COMMAND_MS,
      onCommand,
      origin: originOf(viewer, requestId, { headers, socket }),
    });
    if (credentials.operatorKey !== undefined) {
      await admitOperator(credentials.operatorKey);
      const viewer = operator();
      const scope = scopeOf(viewer);
      const shop = await findShop(headers, credentials);
      const platform = database.systemDb('asked by the operator', scope);
      const rest = { ...services, requestId, viewer, platform, loaders: new Map() };
      return shop ? { ...rest, shop, db: database.tenantDb(shop._id, scope) } : withoutShop(rest, headers);
    }
    const shop = await shopOf(headers, credentials);
    const viewer = await viewerOf(credentials, shop);
    const db = database.tenantDb(shop._id, scopeOf(viewer));
    return { ...services, requestId, shop, viewer, db, platform: null, loaders: new Map() };
  };
}

/** The operator's fields need no shop; each other field says that it does. */
function withoutShop(rest: Omit<Context, 'shop' | 'db'>, headers: IncomingHttpHeaders): Context {
  const missing = (): never => {
    throw tenantNotFound(text(headers['x-tenant']));
  };
  return Object.defineProperties({ ...rest } as Context, { shop: { get: missing }, db: { get: missing } });
}

function credentialsOf(headers: IncomingHttpHeaders): Credentials {
  const operatorKey = text(headers['x-operator-key']);
  const apiKey = text(headers['x-api-key']);
  const sessionToken = bearerOf(text(headers.authorization));
  if ([operatorKey, apiKey, sessionToken].filter((shown) => shown !== undefined).length > 1)
    throw badInput('Send one of authorization, x-api-key and x-operator-key: who asks must be one');
  return {
    ...(operatorKey !== undefined && { operatorKey }),
    ...(apiKey !== undefined && { apiKey }),
    ...(sessionToken !== undefined && { sessionToken }),
  };
}

function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, token] = BEARER.exec(authorization) ?? [];
  if (token === undefined) throw unauthenticated('Send authorization: Bearer with the token of a session');
  return token;
}

/** The tenant that a key or a token says it is of. */
function tenantOf({ apiKey, sessionToken }: Credentials): ObjectId | undefined {
  if (apiKey !== undefined) return tenantOfKey(apiKey);
  return sessionToken === undefined ? undefined : tenantOfToken('session', sessionToken);
}

const originOf = ({ kind, id }: Viewer, requestId: string, { headers, socket }: AskedBy): Origin => ({
  actor: id === null ? null : kind === 'operator' ? kind : `${kind}:${id}`,
  requestId,
  ip: socket.remoteAddress ?? null,
  userAgent: text(headers['user-agent'])?.slice(0, 256) ?? null,
});

const text = (header: string | string[] | undefined) =>
  typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;

/** The first label of a host with more than one: `demo` of `demo.shops.example:443`. */
function hostLabel(host: string | undefined): string | undefined {
  const [name = ''] = (host ?? '').split(':', 1);
  const [first, ...rest] = name.toLowerCase().split('.');
  return rest.length > 0 && isIP(name) === 0 ? first : undefined;
}
