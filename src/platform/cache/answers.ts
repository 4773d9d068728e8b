import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { CostReport } from '../graphql/cost-limit.ts';
import type { TrustedDocuments } from '../graphql/trusted-documents.ts';
import { readAfter } from '../http/after.ts';
import type { Connected } from '../http/client-address.ts';
import { Reads, tags, type Watched, Writes } from '../mongo/reads.ts';
import type { Cache, Entry, Load, Loaded } from './cache.ts';
import { type Cacheable, cacheableQueries } from './cacheable.ts';
import type { Changes } from './changes.ts';

/** Where an answer came from, as `x-cache` says. */
export type CacheState = 'HIT' | 'MISS' | 'BYPASS';

/** An operation as it was sent. */
export type SentOperation = {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
};

/** What a request is about, where an answer to it may be kept. */
export type Wanted = { key: string; query: Cacheable; shop: AskedShop };

export type AskedShop = {
  id: string;
  /** Takes what an answer from the cache costs; null where the caller has nothing left to pay it with. */
  charge: () => Promise<CostReport | null>;
};

export type Notes = { reads?: Reads; writes: Writes };

export type AnswersOptions = {
  schema: GraphQLSchema;
  cache: Cache;
  changes: Changes;
  watched: Watched;
  trusted: TrustedDocuments | null;
  now: () => number;
  /** Which shop a request without credentials is about. */
  shopOf: (asked: Connected) => Promise<AskedShop | null>;
  /** Sees to it that changes are heard of. */
  listen: () => void;
};

/** Longer than any answer is behind the data, with room for clocks that differ. */
const AFTER_MS = 2_000;
const NEGATIVE_MS = 5_000;
const RENEW_AT = 0.8;
/** What lives for less need not be made anew ahead. */
const LEAST_RENEWED_MS = 5_000;
const COST = ',"extensions":{"cost":{';
const NOTHING_FOUND = /^\{"data":\{(?:"\w+":null,?)+\}$/;

/** The answers to queries that anybody may be given, kept in front of everything that would work them out. */
export class Answers {
  readonly counts: Record<CacheState, number> = { HIT: 0, MISS: 0, BYPASS: 0 };
  readonly #options: AnswersOptions;
  readonly #cacheable: ReturnType<typeof cacheableQueries>;

  constructor(options: AnswersOptions) {
    this.#options = options;
    this.#cacheable = cacheableQueries(options.schema);
  }

  get cache(): Cache {
    return this.#options.cache;
  }

  get behindMs(): number {
    return this.#options.changes.behindMs;
  }

  /** Null where it has to be answered anew. */
  async wanted(asked: Connected, sent: SentOperation): Promise<Wanted | null> {
    const { headers } = asked;
    if (isSomebody(headers) || hasJustWritten(headers)) return null;
    const { operationName, variables } = sent;
    const text = this.#textOf(sent);
    if (text === undefined || !isOptional(operationName, 'string') || !isOptional(variables, 'object'))
      return null;
    const query = this.#cacheable(text, (operationName as string | null) ?? undefined);
    if (!query) return null;
    const shop = await this.#options.shopOf(asked);
    if (!shop) return null;
    if (!(await this.#options.changes.isFresh())) {
      this.#options.listen();
      return null;
    }
    const accept = headers.accept ?? '*/*';
    const whole = `${query.id} ${accept} ${JSON.stringify(variables ?? {})}`;
    return { key: `${shop.id}:${hash('sha256', whole, 'base64url')}`, query, shop };
  }

  /** In whole seconds. */
  ageOf({ at }: Entry): number {
    return Math.max(0, Math.floor((this.#options.now() - at) / 1_000));
  }

  notes(): Notes {
    return { writes: new Writes(this.#options.watched) };
  }

  /** What this process has changed is not answered from now on. */
  wrote({ writes }: Notes): void {
    this.#options.changes.wrote(writes.tags);
  }

  /** Answers by `answer`, and keeps what it answers where that may be kept. */
  loading({ shop, query }: Wanted, answer: (notes: Notes) => Promise<HTTPGraphQLResponse>): Load {
    const { changes, watched, now } = this.#options;
    return async () => {
      const reads = new Reads(watched);
      const { asOf } = changes;
      const at = now();
      const { status, headers, body } = await answer({ ...this.notes(), reads });
      if (asOf === null || (status ?? 200) !== 200 || body.kind !== 'complete' || !reads.isWatched)
        return null;
      const text = dataOf(body.string);
      if (text === null) return null;
      const type = headers.get('content-type') ?? 'application/json; charset=utf-8';
      const read = [...reads.tags, tags.document(shop.id)];
      for (const tag of reads.tags) if (!tag.includes(' ')) changes.learn(tag, shop.id);
      return {
        text: `${type}\n${text}`,
        tags: read,
        asOf,
        at,
        ...lifeOf(at, query.maxAge, reads.until, text),
      };
    };
  }

  #textOf({ query, extensions }: SentOperation): string | undefined {
    const { persistedQuery, ...others } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
    if (Object.keys(others).length > 0) return undefined;
    if (!persistedQuery) return typeof query === 'string' ? query : undefined;
    return query === undefined ? this.#options.trusted?.textOf(String(persistedQuery.sha256Hash)) : undefined;
  }
}

/** What is sent: the type, and the text up to its last brace. */
export function partsOf({ text }: Entry): { type: string; data: string } {
  const end = text.indexOf('\n');
  return { type: text.slice(0, end), data: text.slice(end + 1) };
}

/** A POST is told what it has cost; what a GET gets is the same for everybody. */
export const withCost = (data: string, cost: CostReport | null): string =>
  cost === null ? `${data}}` : `${data},"extensions":${JSON.stringify({ cost })}}`;

const isSomebody = (headers: IncomingHttpHeaders) =>
  headers.authorization !== undefined ||
  headers['x-api-key'] !== undefined ||
  headers['x-operator-key'] !== undefined;

function hasJustWritten(headers: IncomingHttpHeaders): boolean {
  const after = readAfter(headers);
  return after !== null && after.at + AFTER_MS >= Date.now();
}

const isOptional = (value: unknown, type: 'string' | 'object') =>
  value == null || (typeof value === type && !Array.isArray(value));

/** The answer without its last brace and what it has cost; null where it says that something went wrong. */
function dataOf(answer: string): string | null {
  if (!answer.startsWith('{"data":{')) return null;
  const cost = answer.lastIndexOf(COST);
  return answer.slice(0, cost === -1 ? answer.lastIndexOf('}') : cost);
}

/** It ends a little before its time, not with all others that were made in the same moment. */
function lifeOf(
  at: number,
  maxAge: number,
  until: number,
  text: string,
): Pick<Loaded, 'expiresAt' | 'renewAt'> {
  const most = NOTHING_FOUND.test(text) ? NEGATIVE_MS : maxAge * 1_000;
  const jittered = at + most * (0.9 + 0.1 * Math.random());
  if (until < jittered || most < LEAST_RENEWED_MS)
    return { expiresAt: Math.min(jittered, until), renewAt: null };
  return { expiresAt: jittered, renewAt: at + (jittered - at) * RENEW_AT };
}
