import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/platform/servers/free-port.ts';
import { atEnd } from '../../support/mongo.ts';

/** A way to Redis on which its answers can be held up. */
export type SlowWay = { url: string; delay: (ms: number) => void };

export async function slowWay(to: string): Promise<SlowWay> {
  const target = Number(new URL(to).port);
  const port = await freePort();
  const open = new Set<Socket>();
  let delayMs = 0;
  const server = createServer((client) => {
    const redis = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => redis.write(data));
    let before = Promise.resolve();
    redis.on('data', (data) => {
      const due = sleep(delayMs, undefined, { ref: false });
      before = before.then(() => due).then(() => void client.write(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  atEnd(async () => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    delay: (ms) => {
      delayMs = ms;
    },
  };
}
