import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a mongod: what connects under a certain name can be cut off from it, and nothing else. */
export type Front = {
  port: number;
  /** From now on nothing gets through, either way; connections stay open and hang, as when a cable is pulled. */
  cut: () => void;
  /** What was held back gets through, as by TCP's own repeats. */
  mend: () => void;
  close: () => void;
};

type Pass = (deliver: () => void) => void;

/** `name` is the appName of whom it can cut off: a driver says it first of all on each connection. */
export async function openFront(target: number, name: string): Promise<Front> {
  const open = new Set<Socket>();
  let held: (() => void)[] | null = null;
  const passNamed: Pass = (deliver) => {
    if (held) held.push(deliver);
    else deliver();
  };
  const server = createServer((socket) => {
    const behind = connect(target, '127.0.0.1');
    closeTogether(socket, behind, open);
    socket.once('data', (first) => {
      const pass: Pass = first.includes(name) ? passNamed : (deliver) => deliver();
      pass(() => behind.write(first));
      forward(socket, behind, pass);
      forward(behind, socket, pass);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('127.0.0.1 gave no port');
  return {
    port: address.port,
    cut: () => {
      held ??= [];
    },
    mend: () => {
      const late = held ?? [];
      held = null;
      for (const deliver of late) deliver();
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

const forward = (from: Socket, to: Socket, pass: Pass) =>
  from.on('data', (chunk) => pass(() => void (to.writable && to.write(chunk))));

function closeTogether(one: Socket, other: Socket, open: Set<Socket>): void {
  const tie = (end: Socket, opposite: Socket) => {
    open.add(end);
    end.setNoDelay(true);
    end.on('error', () => {});
    end.once('close', () => {
      open.delete(end);
      opposite.destroy();
    });
  };
  tie(one, other);
  tie(other, one);
}
