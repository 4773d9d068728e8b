import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from './shop.ts';

/** A buyer waits so long for an answer, with all repeats; what comes later counts as an error. */
export const DEADLINE_MS = 15_000;
/** It goes on asking all the same, so that in the end it is known what became of everything. */
const GIVE_UP_MS = 90_000;
const PAUSE_MS = 100;

export type UserError = { code: string; message: string };
export type Payload<P> = P & { userErrors: UserError[] };

/** One call of a mutation with all its repeats under one key. */
export type Call = {
  name: string;
  begun: number;
  ended: number;
  tries: number;
  /** What went wrong for the buyer, one line each. */
  errors: string[];
  /** What came too late, or was given up because it would. */
  late: string[];
};

type Reply<P> = { data?: Record<string, Payload<P>> | null; errors?: GraphqlError[] };
type GraphqlError = { message: string; extensions?: { code?: string } };
type Heard<P> = { payload: Payload<P> } | { error: string } | { again: true };

/** Asks the processes of the API in turn; `calls` gets a line for each call. */
export class Client {
  readonly #shop: Shop;
  readonly #calls: Call[];
  #next = Math.floor(Math.random() * 2);

  constructor(shop: Shop, calls: Call[]) {
    this.#shop = shop;
    this.#calls = calls;
  }

  /** The payload; null when there was none for a very long time. The input has its idempotencyKey. */
  async ask<P>(name: string, fields: string, input: object): Promise<Payload<P> | null> {
    const call: Call = { name, begun: Date.now(), ended: 0, tries: 0, errors: [], late: [] };
    const payload = await this.#untilAnswered<P>(call, bodyOf(name, fields, input));
    call.ended = Date.now();
    const ms = call.ended - call.begun;
    if (payload === null) call.errors.push(`${name}: never answered`);
    else if (ms > DEADLINE_MS) call.late.push(`${name}: answered after ${(ms / 1_000).toFixed(1)} s`);
    this.#calls.push(call);
    return payload;
  }

  async #untilAnswered<P>(call: Call, body: string): Promise<Payload<P> | null> {
    for (;;) {
      call.tries += 1;
      const heard = await this.#once<P>(call.name, body);
      if ('payload' in heard) return heard.payload;
      if ('error' in heard) note(call, heard.error);
      if (Date.now() - call.begun > GIVE_UP_MS) return null;
      await sleep(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  async #once<P>(name: string, body: string): Promise<Heard<P>> {
    const { apis, subdomain } = this.#shop;
    const url = apis[this.#next % apis.length]?.url;
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': subdomain },
        body,
        signal: AbortSignal.timeout(DEADLINE_MS + 2_000),
      });
      return heardOf(name, response, await response.text());
    } catch {
      // The connection broke, or nobody listens there: the other process is asked.
      this.#next += 1;
      return { again: true };
    }
  }
}

const note = (call: Call, error: string) =>
  (/^(504|DEADLINE_EXCEEDED)/.test(error) ? call.late : call.errors).push(`${call.name}: ${error}`);

function heardOf<P>(name: string, { status, headers }: Response, text: string): Heard<P> {
  // Too much to do: whoever comes again in a moment is served.
  if (status === 503 && headers.has('retry-after')) return { again: true };
  const { data, errors } = JSON.parse(text) as Reply<P>;
  const payload = data?.[name];
  if (payload && !errors) return { payload };
  const [first] = errors ?? [];
  return { error: `${first?.extensions?.code ?? status} ${first?.message ?? text.slice(0, 100)}` };
}

const bodyOf = (name: string, fields: string, input: object) =>
  JSON.stringify({
    query: `mutation ($input: ${inputOf(name)}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`,
    variables: { input },
  });

const inputOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
