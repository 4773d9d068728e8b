import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { freePort } from '../../src/platform/servers/free-port.ts';
import { QUICK_JOURNAL } from '../../src/platform/servers/mongod-process.ts';
import { askMongod } from '../../src/platform/servers/replica-set.ts';
import { type Front, openFront } from './front.ts';
import { type OwnProcess, startProcess } from './process.ts';

/** The appName of the API's connections: what fail points hit, and who can be cut off. */
export const API_NAME = 'souk-under-torture';

export type Node = {
  port: number;
  /** Null where it is reached directly. */
  front: Front | null;
  process: OwnProcess;
};

/** Three mongods that are one replica set. */
export type NodeSet = {
  uri: string;
  primary: () => Promise<Node>;
  restart: (node: Node) => Promise<void>;
  /** Until there is a primary and the others follow it. */
  whole: () => Promise<void>;
  close: () => Promise<void>;
};

export type SetOptions = {
  binary: string;
  folder: string;
  /** Whether the API can be cut off from its nodes. */
  fronts: boolean;
};

const NODES = 3;
const PATIENCE_MS = 60_000;
/** As docs/reliability.md asks of a deployment. */
const SETTINGS = { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 };

/**
 * How soon a secondary leaves a node that does not answer any more. By default it takes 5 s, and another try: until then
 * the new primary has no majority.
 */
const QUICK_TO_LEAVE = [
  ...['--setParameter', 'oplogNetworkTimeoutBufferSeconds=1'],
  ...['--setParameter', 'oplogFetcherSteadyStateMaxFetcherRestarts=0'],
];

export async function openNodeSet(options: SetOptions): Promise<NodeSet> {
  const nodes = await Promise.all(Array.from({ length: NODES }, () => openNode(options)));
  await initiate(nodes);
  await whole(nodes);
  const hosts = nodes.map(addressOf).join(',');
  return {
    uri: `mongodb://${hosts}/?replicaSet=rs0`,
    primary: () => findPrimary(nodes),
    restart: async (node) => {
      node.process = await launch(node.port, options);
    },
    whole: () => whole(nodes),
    close: async () => {
      for (const { process, front } of nodes) {
        await process.kill();
        front?.close();
      }
    },
  };
}

async function openNode(options: SetOptions): Promise<Node> {
  const port = await freePort();
  const process = await launch(port, options);
  return { port, process, front: options.fronts ? await openFront(port, API_NAME) : null };
}

async function launch(port: number, { binary, folder }: SetOptions): Promise<OwnProcess> {
  const dbPath = join(folder, `mongod-${port}`);
  await mkdir(dbPath, { recursive: true });
  const args = [
    ...['--replSet', 'rs0', '--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--port', String(port)],
    ...['--noscripting', '--nounixsocket', '--oplogSize', '256', '--wiredTigerCacheSizeGB', '0.25'],
    ...QUICK_JOURNAL,
    ...QUICK_TO_LEAVE,
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Fail points need them.
    ...['--setParameter', 'enableTestCommands=1'],
  ];
  return startProcess({ program: binary, args, logFile: join(folder, `mongod-${port}.log`) });
}

const addressOf = ({ port, front }: Node) => `127.0.0.1:${front?.port ?? port}`;

async function initiate(nodes: Node[]): Promise<void> {
  const [first] = nodes;
  if (!first) throw new Error('A set has nodes');
  const members = nodes.map((node, _id) => ({ _id, host: addressOf(node) }));
  const config = { _id: 'rs0', members, settings: SETTINGS };
  await eventually('a mongod to start', () =>
    Promise.all(nodes.map(({ port }) => askMongod(port, (admin) => admin.command({ ping: 1 })))).catch(
      () => null,
    ),
  );
  await askMongod(first.port, (admin) => admin.command({ replSetInitiate: config }));
}

const hello = (port: number): Promise<Document | null> =>
  askMongod(port, (admin) => admin.command({ hello: 1 })).catch(() => null);

const findPrimary = (nodes: Node[]): Promise<Node> =>
  eventually('a primary', async () => {
    const alive = nodes.filter(({ process }) => !process.hasDied());
    const answers = await Promise.all(alive.map(({ port }) => hello(port)));
    return alive.find((_, i) => answers[i]?.isWritablePrimary) ?? null;
  });

async function whole(nodes: Node[]): Promise<void> {
  await eventually('all nodes to follow one primary', async () => {
    const answers = await Promise.all(nodes.map(({ port }) => hello(port)));
    const primaries = answers.filter((answer) => answer?.isWritablePrimary).length;
    const others = answers.filter((answer) => answer?.secondary).length;
    return primaries === 1 && others === NODES - 1 ? true : null;
  });
}

/** What `look` answers once that is not null. */
export async function eventually<R>(
  what: string,
  look: () => Promise<R | null>,
  withinMs = PATIENCE_MS,
): Promise<R> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > giveUpAt) throw new Error(`Waited ${withinMs / 1_000} s in vain for ${what}`);
    await sleep(100);
  }
}
