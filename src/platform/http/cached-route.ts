import type { IncomingMessage } from 'node:http';
import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import {
  type Answers,
  type CacheState,
  type Notes,
  partsOf,
  type SentOperation,
  type Wanted,
  withCost,
} from '../cache/answers.ts';
import type { Entry } from '../cache/cache.ts';
import { recordOf, shortened } from '../requests/record.ts';
import { AFTER, writeAfter } from './after.ts';

export type Execute = (notes: Notes) => Promise<HTTPGraphQLResponse>;

/** An answer out of the cache where one may be given, or what `execute` answers; says so in its headers. */
export async function throughCache(
  answers: Answers,
  req: IncomingMessage,
  request: HTTPGraphQLRequest,
  execute: Execute,
): Promise<HTTPGraphQLResponse> {
  const sent = sentIn(request);
  const wanted = sent && (await answers.wanted(req, sent));
  const kept = wanted && (await findOrExecute(answers, wanted, execute));
  if (!wanted || !kept) return told(answers, 'BYPASS', await executed(answers, execute));
  if ('body' in kept) return told(answers, 'MISS', kept);
  const isPost = request.method === 'POST';
  const cost = await wanted.shop.charge();
  // Whoever has nothing left is told so where everybody is.
  if (!cost) return told(answers, 'BYPASS', await executed(answers, execute));
  noteHit(req, wanted, sent, cost.actual);
  const { type, data } = partsOf(kept);
  const headers = new HeaderMap([
    ['content-type', type],
    ['age', String(answers.ageOf(kept))],
  ]);
  if (!isPost) headers.set('cache-control', `public, max-age=${wanted.query.maxAge}`);
  const string = withCost(data, isPost ? cost : null);
  return told(answers, 'HIT', { status: 200, headers, body: { kind: 'complete', string } });
}

function noteHit(req: IncomingMessage, wanted: Wanted, sent: SentOperation, cost: number) {
  const record = recordOf(req);
  if (!record) return;
  record.tenant = wanted.shop.id;
  record.operation = typeof sent.operationName === 'string' ? shortened(sent.operationName) : null;
  record.kind = 'query';
  record.cache = 'HIT';
  record.cost = cost;
}

async function findOrExecute(
  answers: Answers,
  wanted: Wanted,
  execute: Execute,
): Promise<Entry | HTTPGraphQLResponse | null> {
  const { cache } = answers;
  const entry = cache.get(wanted.key);
  if (entry) {
    // Whoever asks just now does not wait for it, and does not hear when it fails.
    void cache.refresh(wanted.key, entry, answers.loading(wanted, execute)).catch(() => {});
    return entry;
  }
  let own: HTTPGraphQLResponse | null = null;
  const load = answers.loading(wanted, async (notes) => {
    own = await execute(notes);
    return own;
  });
  const remembered = await cache.remember(wanted.key, load);
  return own ?? remembered;
}

/** What was changed is not answered from the cache any more before the client hears that it is. */
async function executed(answers: Answers, execute: Execute): Promise<HTTPGraphQLResponse> {
  const notes = answers.notes();
  try {
    const answer = await execute(notes);
    if (notes.writes.tags.size > 0 && !answer.headers.has(AFTER))
      answer.headers.set(AFTER, writeAfter({ at: Date.now(), time: null }));
    return answer;
  } finally {
    answers.wrote(notes);
  }
}

function told(answers: Answers, state: CacheState, answer: HTTPGraphQLResponse): HTTPGraphQLResponse {
  answers.counts[state] += 1;
  answer.headers.set('x-cache', state);
  return answer;
}

/** Null for what Apollo Server would refuse, or has to look at itself. */
function sentIn({ method, body, headers, search }: HTTPGraphQLRequest): SentOperation | null {
  if (method === 'POST') return body as SentOperation;
  if (!headers.has('apollo-require-preflight') && !headers.has('x-apollo-operation-name')) return null;
  const asked = new URLSearchParams(search);
  const text = (name: string) => asked.get(name) ?? undefined;
  const json = (name: string) => JSON.parse(asked.get(name) ?? 'null');
  try {
    return {
      query: text('query'),
      operationName: text('operationName'),
      variables: json('variables'),
      extensions: json('extensions'),
    };
  } catch {
    return null;
  }
}
