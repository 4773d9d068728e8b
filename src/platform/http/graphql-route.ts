import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import { HttpError, readJsonBody } from './body.ts';
import type { Handler } from './server.ts';

/** Apollo Server behind node:http, with nothing in between: body in, one write out. */
export const graphqlRoute =
  <C extends BaseContext>(
    apollo: ApolloServer<C>,
    contextOf: (req: IncomingMessage) => Promise<C>,
  ): Handler =>
  async (req, res) => {
    const method = req.method ?? 'GET';
    if (method !== 'POST' && method !== 'GET') throw new HttpError(405, 'Send a query by POST or GET');
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method,
        headers: headersOf(req),
        search: searchOf(req.url ?? ''),
        body: method === 'POST' ? await readJsonBody(req) : undefined,
      },
      context: () => contextOf(req),
    });
    if (answer.body.kind !== 'complete') throw new HttpError(406, 'Incremental delivery is not offered');
    send(res, answer.status ?? 200, answer.headers, answer.body.string);
  };

function headersOf(req: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return headers;
}

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function send(res: ServerResponse, status: number, headers: HeaderMap, body: string) {
  const all: Record<string, string | number> = { 'content-length': Buffer.byteLength(body) };
  for (const [name, value] of headers) if (name !== 'content-length') all[name] = value;
  res.writeHead(status, all);
  res.end(body);
}
