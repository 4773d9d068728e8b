import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a server on which its answers can be held up. */
export type Way = {
  port: number;
  /** From now on each answer comes so much later, in the order in which they were given. */
  delay: (ms: number) => void;
  close: () => void;
};

export async function openWay(target: number): Promise<Way> {
  const open = new Set<Socket>();
  let delayMs = 0;
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    tie(client, behind, open);
    tie(behind, client, open);
    client.on('data', (data) => behind.write(data));
    let before = Promise.resolve();
    behind.on('data', (data) => {
      const due = delayMs > 0 ? sleep(delayMs, undefined, { ref: false }) : undefined;
      before = before.then(() => due).then(() => void (client.writable && client.write(data)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('127.0.0.1 gave no port');
  return {
    port: address.port,
    delay: (ms) => {
      delayMs = ms;
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function tie(end: Socket, opposite: Socket, open: Set<Socket>): void {
  open.add(end);
  end.setNoDelay(true);
  end.on('error', () => {});
  end.once('close', () => {
    open.delete(end);
    opposite.destroy();
  });
}
