import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook, WebhookDelivery } from './documents.ts';
import { payloadOf, type Reading, type Told } from './payload.ts';
import { openSecrets } from './secrets.ts';
import { send } from './send.ts';
import type { WebhookSettings } from './settings.ts';
import { SIGNATURE_HEADER, signatureOf } from './signature.ts';
import { readTarget, resolveTarget } from './target.ts';

const LOOK_UP_MS = 5_000;
const GONE = 410;
const LONGEST_ERROR = 500;

/** How a try ended. */
export type Attempt = {
  isDelivered: boolean;
  /** Whether the receiver says that it wants nothing any more. */
  isGone: boolean;
  responseStatus: number | null;
  responseBody: string | null;
  error: string | null;
};

export type Prepared = { url: string; headers: Record<string, string>; body: string };

/** What is sent for an event: the same text that is signed. */
export async function prepare(reading: Reading, webhook: Webhook, event: Told): Promise<Prepared> {
  const body = await payloadOf(reading, webhook, event);
  const secrets = openSecrets(webhook, reading.services.webhooks);
  return { url: webhook.url, headers: headersOf(webhook, event, body, reading.db.now(), secrets), body };
}

const headersOf = (
  webhook: Webhook,
  { eventId, type }: Told,
  body: string,
  at: Date,
  secrets: string[],
): Record<string, string> => ({
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'Souk-Webhooks/1',
  'souk-event-id': eventId.toHexString(),
  'souk-event-type': type,
  'souk-webhook-id': webhook._id.toHexString(),
  [SIGNATURE_HEADER]: signatureOf(body, at, secrets),
});

/** Tries once, and says how it went; it does not throw. */
export async function attempt(
  reading: Reading,
  webhook: Webhook,
  event: Told,
  signal?: AbortSignal,
): Promise<Attempt> {
  try {
    return await post(await prepare(reading, webhook, event), reading.services.webhooks, signal);
  } catch (error) {
    return failed(messageOf(error));
  }
}

async function post(
  { url: written, headers, body }: Prepared,
  settings: WebhookSettings,
  signal?: AbortSignal,
): Promise<Attempt> {
  const url = readTarget(written, settings);
  const address = await Promise.race([resolveTarget(url, settings), tooSlow(url)]);
  const { status, body: responseBody } = await (settings.send ?? send)({
    url,
    address,
    headers,
    body,
    signal,
  });
  const isDelivered = status >= 200 && status < 300;
  return {
    isDelivered,
    isGone: status === GONE,
    responseStatus: status,
    responseBody,
    error: isDelivered ? null : wordsFor(status),
  };
}

async function tooSlow({ hostname }: URL): Promise<never> {
  await sleep(LOOK_UP_MS, undefined, { ref: false });
  throw new Error(`${hostname} was not found within ${LOOK_UP_MS / 1_000} s`);
}

function wordsFor(status: number): string {
  if (status === GONE) return 'Answered 410: nothing more is sent';
  const redirect = status >= 300 && status < 400 ? ': redirects are not followed' : '';
  return `Answered ${status}${redirect}`;
}

const failed = (error: string): Attempt => ({
  isDelivered: false,
  isGone: false,
  responseStatus: null,
  responseBody: null,
  error: error.slice(0, LONGEST_ERROR),
});

/** Several addresses that all failed come as one error without words. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0]) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}

/** What of a delivery says how its last try went. */
export const shownOf = ({
  responseStatus,
  responseBody,
  error,
}: Attempt): Pick<WebhookDelivery, 'responseStatus' | 'responseBody' | 'error'> => ({
  responseStatus,
  responseBody,
  error,
});
