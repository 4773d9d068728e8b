import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { LIMITS } from '../limits/limits.ts';
import type { LiveServer } from './live.ts';
import { checkOrigin } from './origin-check.ts';
import { CLOSE } from './socket-closes.ts';
import { SocketConnection } from './socket-connection.ts';

export type LiveSockets = {
  upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  recheck: () => Promise<void>;
  /** Looks whether those on the other end are still there. */
  ping: () => void;
  count: () => number;
  close: () => Promise<void>;
};

const RECHECKED_AT_ONCE = 50;
const PATH = '/graphql';

/** Subscriptions over WebSockets. */
export function liveSockets<C>(live: LiveServer<C>): LiveSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.socketMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const connections = new Set<SocketConnection<C>>();
  let stopping = false;

  /** The status to refuse it with, or null. */
  async function refusalOf(req: IncomingMessage): Promise<string | null> {
    if (stopping || connections.size >= LIMITS.listeners) return '503 Service Unavailable';
    if ((req.url ?? '').split('?', 1)[0] !== PATH) return '404 Not Found';
    return checkOrigin(live.origins, req).then(
      () => null,
      () => '403 Forbidden',
    );
  }

  return {
    count: () => connections.size,
    upgrade: async (req, socket, head) => {
      socket.on('error', () => socket.destroy());
      const refusal = await refusalOf(req);
      if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`);
      server.handleUpgrade(req, socket, head, (opened) => {
        const connection = new SocketConnection(live, opened, req);
        connections.add(connection);
        opened.once('close', () => connections.delete(connection));
        // A server that stops waits for nobody whom it has not told.
        if (stopping) void connection.close(CLOSE.goingAway);
      });
    },
    recheck: async () => {
      const all = [...connections];
      for (let i = 0; i < all.length; i += RECHECKED_AT_ONCE)
        await Promise.all(all.slice(i, i + RECHECKED_AT_ONCE).map((one) => one.recheck()));
    },
    ping: () => {
      for (const connection of connections) connection.ping();
    },
    close: async () => {
      stopping = true;
      await Promise.all([...connections].map((connection) => connection.close(CLOSE.goingAway)));
    },
  };
}
