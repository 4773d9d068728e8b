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
    if (method !== 'POST' && method !== 'GET')
      throw new HttpError(405, 'Send a query by POST or GET', { allow: 'GET, POST' });
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

/** The only headers that Apollo Server reads: for CSRF prevention, and for the type of the answer. */
const READ = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight'];

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const read = new HeaderMap();
  for (const name of READ) {
    const value = headers[name];
    // Whoever accepts everything gets what they would get without the header, and nothing has to be weighed.
    if (typeof value === 'string' && !(name === 'accept' && value === '*/*')) read.set(name, value);
  }
  return read;
}

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

/** As a text and not as bytes: node:http then writes head and body at once. */
function send(res: ServerResponse, status: number, headers: HeaderMap, body: string) {
  const all = ['content-length', String(Buffer.byteLength(body))];
  for (const [name, value] of headers) if (name !== 'content-length') all.push(name, value);
  res.writeHead(status, all);
  res.end(body);
}
