import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection of one's own, on which a test says every byte. */
export type RawSocket = {
  socket: Socket;
  send: (text: string | Buffer) => void;
  /** All that was received, once it holds `text`. */
  until: (text: string) => Promise<string>;
  /** All that was received, once the server has closed the connection. */
  untilClosed: () => Promise<string>;
};

export async function openSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  socket.on('error', () => {});
  return {
    socket,
    send: (text) => void socket.write(text),
    until: async (text) => {
      while (!received.includes(text)) await Promise.race([once(socket, 'data'), closed(socket, received)]);
      return received;
    },
    untilClosed: async () => {
      if (!socket.closed) await once(socket, 'close');
      return received;
    },
  };
}

async function closed(socket: Socket, received: string): Promise<never> {
  await once(socket, 'close');
  throw new Error(`The connection was closed after:\n${received}`);
}

/** A request as it goes over the wire. */
export const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  [
    `POST ${path} HTTP/1.1`,
    ...Object.entries({
      host: '127.0.0.1',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');

/** How many answers of this status there are. */
export const count = (received: string, status: number) => received.split(`HTTP/1.1 ${status} `).length - 1;
