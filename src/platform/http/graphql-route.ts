import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ApolloServer,
  type BaseContext,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import type { Answers, Notes } from '../cache/answers.ts';
import type { Admission } from './admission.ts';
import { HttpError, readJsonBody } from './body.ts';
import { throughCache } from './cached-route.ts';
import { inTime } from './deadline.ts';
import { type DocumentRules, searchWithDocument, withDocument } from './documents.ts';
import { cachingHeaders, isKnown } from './freshness.ts';
import type { Handler } from './server.ts';

export type Executing<C extends BaseContext> = Pick<ApolloServer<C>, 'executeHTTPGraphQLRequest'>;

export type GraphqlRouteOptions<C extends BaseContext> = {
  apollo: Executing<C>;
  contextOf: (req: IncomingMessage, notes?: Notes) => Promise<C>;
  admission: Admission;
  documents: DocumentRules;
  /** Null where no answers are kept. */
  answers?: Answers | null;
};

/** Apollo Server behind node:http, with nothing in between: body in, one write out. */
export const graphqlRoute =
  <C extends BaseContext>({
    apollo,
    contextOf,
    admission,
    documents,
    answers,
  }: GraphqlRouteOptions<C>): Handler =>
  async (req, res) => {
    // Read before a place is taken: a slow sender takes none.
    const httpGraphQLRequest = await readRequest(req, documents);
    const execute = (notes?: Notes) => {
      const work = admission.admit(async () => {
        if (res.destroyed) throw new HttpError(400, 'The request broke off');
        return apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: () => contextOf(req, notes) });
      });
      return inTime(work);
    };
    const answer = answers ? await throughCache(answers, req, httpGraphQLRequest, execute) : await execute();
    if (answer.body.kind !== 'complete') throw new HttpError(406, 'Incremental delivery is not offered');
    if (req.method === 'GET') sendCacheable(req, res, answer, answer.body.string);
    else send(res, answer, answer.body.string);
  };

async function readRequest(req: IncomingMessage, documents: DocumentRules): Promise<HTTPGraphQLRequest> {
  if (req.method === 'POST') {
    const body = withDocument(await readJsonBody(req), documents);
    return { method: 'POST', headers: headersOfPost(req), search: '', body };
  }
  if (req.method !== 'GET') throw new HttpError(405, 'Send a query by POST or GET', { allow: 'GET, POST' });
  const asked = new URLSearchParams(queryOf(req.url ?? ''));
  const byId = asked.has('documentId');
  const search = searchWithDocument(asked, documents).toString();
  return { method: 'GET', headers: headersOfGet(req, byId), search: `?${search}`, body: undefined };
}

/** Says to Apollo Server's CSRF prevention that no page of another site can have sent this without being asked for. */
const PREFLIGHTED = 'apollo-require-preflight';
const ordinaryPost = new HeaderMap([[PREFLIGHTED, 'true']]);

/** A body was read, so its type is JSON, for which browsers ask beforehand. */
function headersOfPost({ headers: { accept } }: IncomingMessage): HeaderMap {
  // Whoever accepts everything gets what they would get without the header, and nothing has to be weighed.
  if (accept === undefined || accept === '*/*') return ordinaryPost;
  return new HeaderMap([...ordinaryPost, ['accept', accept]]);
}

/** The headers that Apollo Server reads. A trusted document changes nothing, and is asked without ambient credentials. */
function headersOfGet({ headers }: IncomingMessage, byId: boolean): HeaderMap {
  const read = new HeaderMap();
  for (const name of ['content-type', 'accept', 'x-apollo-operation-name', PREFLIGHTED]) {
    const value = headers[name];
    if (typeof value === 'string') read.set(name, value);
  }
  if (byId) read.set(PREFLIGHTED, 'true');
  return read;
}

function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}

function sendCacheable(req: IncomingMessage, res: ServerResponse, answer: HTTPGraphQLResponse, body: string) {
  const caching = cachingHeaders(req.headers, answer.headers.get('cache-control'), body);
  for (const [name, value] of Object.entries(caching)) answer.headers.set(name, value);
  if (!isKnown(req.headers, caching.etag)) return send(res, answer, body);
  answer.headers.delete('content-type');
  res.writeHead(304, [...answer.headers].flat());
  res.end();
}

/** As a text and not as bytes: node:http then writes head and body at once. What is ASCII is the same in Latin-1, and copied faster. */
function send(res: ServerResponse, { status, headers }: HTTPGraphQLResponse, body: string) {
  const bytes = Buffer.byteLength(body);
  const all = ['content-length', String(bytes)];
  for (const [name, value] of headers) if (name !== 'content-length') all.push(name, value);
  res.writeHead(status ?? 200, all);
  res.end(body, bytes === body.length ? 'latin1' : 'utf8');
}
