import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { prepareDatabase } from '../scripts/support/prepare-database.ts';
import { serverOptions } from '../scripts/support/run.ts';
import { readConfig } from '../src/config.ts';
import { type Database, openDatabase } from '../src/platform/mongo/client.ts';
import { openDatabaseServer } from '../src/platform/servers/database-server.ts';
import { stopAtEnd } from './ending.ts';
import { areMade, type BenchShop, makeShops, openShop, shapeOfShops } from './shops.ts';

export type BenchDatabase = {
  uri: string;
  name: string;
  /** The one that is asked, and the one of which pieces are reserved. */
  shop: BenchShop;
  stockShop: BenchShop;
  database: Database;
  /** Its version, and its process where it was started for the benchmark. */
  mongod: { version: string; pid: number | null };
  /** Commands on data that mongod has answered since it started. */
  commands: () => Promise<number>;
};

/** Runs `work` on a database with so many products, made at its first use and kept. */
export async function withBenchDatabase<R>(
  count: number,
  report: (line: string) => void,
  work: (bench: BenchDatabase) => Promise<R>,
): Promise<R> {
  const config = readConfig();
  const dataDir = join(config.DATA_DIR, 'bench');
  const server = await openDatabaseServer({ ...serverOptions(config), report, dataDir });
  const { uri } = server;
  const stop = stopAtEnd(server.stop);
  try {
    const pid = config.MONGODB_URI ? null : await pidIn(join(dataDir, 'mongod.json'));
    const name = nameFor(count);
    await makeOnce({ uri, name }, count, report);
    await prepareDatabase(uri, name);
    const database = await openDatabase({ uri, name, guard: false });
    return await work(await benchOf(database, { uri, name, pid }, count)).finally(database.close);
  } finally {
    await stop();
  }
}

const pidIn = async (record: string): Promise<number> => JSON.parse(await readFile(record, 'utf8')).pid;

/** Another one when what is stored has another shape. */
const nameFor = (count: number) =>
  `souk_bench_${count}_${createHash('sha256').update(shapeOfShops).digest('hex').slice(0, 8)}`;

type Named = { uri: string; name: string };

async function makeOnce(named: Named, count: number, report: (line: string) => void) {
  const database = await openDatabase({ ...named, guard: false });
  try {
    if (await areMade(database)) return;
    report(`making ${count} products`);
    await database.client.db(named.name).dropDatabase();
    const began = performance.now();
    await makeShops(database, named, count);
    report(`made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    await database.close();
  }
}

async function benchOf(database: Database, { pid, ...named }: Named & { pid: number | null }, count: number) {
  const { version } = await database.client.db('admin').command({ buildInfo: 1 });
  return {
    ...named,
    shop: await openShop(database, count, 0),
    stockShop: await openShop(database, count, 1),
    database,
    mongod: { version, pid },
    commands: () => countCommands(database.client),
  };
}

const COUNTED = [
  ...['find', 'aggregate', 'getMore', 'count', 'distinct'],
  ...['insert', 'update', 'delete', 'findAndModify'],
];

async function countCommands(client: MongoClient): Promise<number> {
  const { metrics } = await client.db('admin').command({ serverStatus: 1, repl: 0, locks: 0, wiredTiger: 0 });
  return COUNTED.reduce((sum, name) => sum + Number(metrics.commands[name]?.total ?? 0), 0);
}
