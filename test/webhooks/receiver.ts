import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../support/mongo.ts';

export type Received = {
  headers: IncomingHttpHeaders;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it was sent
  body: any;
};

export type Receiver = {
  url: string;
  got: Received[];
  /** Of the events of one subject, a field of their data, in the order of their arrival. */
  of: (subject: string) => Received[];
  /** How it answers, 204 when it is not said. */
  answer: (received: Received, response: ServerResponse) => void;
};

/** Another system, on this machine. */
export async function openReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    got: [],
    of: (subject) => receiver.got.filter(({ body }) => body.subject === subject),
    answer: (_, response) => response.writeHead(204).end(),
  };
  const server: Server = createServer(async (request, response) => {
    const raw = Buffer.concat(await Array.fromAsync(request)).toString();
    const received = { headers: request.headers, raw, body: JSON.parse(raw) };
    receiver.got.push(received);
    receiver.answer(received, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://localhost:${(server.address() as AddressInfo).port}/events`;
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}
