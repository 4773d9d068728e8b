import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MongoClient, ObjectId } from 'mongodb';
import { prepareDatabase } from '../scripts/support/prepare-database.ts';
import { serverOptions } from '../scripts/support/run.ts';
import { readConfig } from '../src/config.ts';
import { createApiKey } from '../src/domains/auth/api-keys.ts';
import { categories, products } from '../src/domains/catalogue/collections.ts';
import { createTenant } from '../src/domains/tenants/tenants.ts';
import { type Database, openDatabase } from '../src/platform/mongo/client.ts';
import { openDatabaseServer } from '../src/platform/servers/database-server.ts';
import { fillShop } from './catalogue.ts';
import type { BenchShop } from './operations.ts';
import { pinBeside } from './processes.ts';

/** Three shops share the products; the first and largest is asked. */
const SHARES = [0.4, 0.35, 0.25];
/** Goes up when other products are made. */
const EDITION = 1;
const PREFIX = 'souk_bench_';

export type BenchDatabase = {
  uri: string;
  name: string;
  tenantId: string;
  subdomain: string;
  staffKey: string;
  shop: BenchShop;
  /** Commands on data that mongod has answered since it started, and documents and keys it looked at. */
  counters: () => Promise<{ commands: number }>;
  database: Database;
  /** The version of mongod. */
  mongodb: string;
  close: () => Promise<void>;
};

/** Runs `work` on a database with so many products, made at its first use and kept. */
export async function withBenchDatabase<R>(
  count: number,
  report: (line: string) => void,
  work: (bench: BenchDatabase) => Promise<R>,
): Promise<R> {
  const bench = await openBenchDatabase(count, report);
  return work(bench).finally(bench.close);
}

async function openBenchDatabase(count: number, report: (line: string) => void): Promise<BenchDatabase> {
  const config = readConfig();
  const dataDir = join(config.DATA_DIR, 'bench');
  const server = await openDatabaseServer({ ...serverOptions(config), dataDir });
  if (!config.MONGODB_URI) await pinMongod(dataDir);
  const name = nameFor(count);
  await prepareDatabase(server.uri, name);
  const database = await openDatabase({ uri: server.uri, name, guard: false });
  const shops = await fillShops(database, count, report);
  const { tenantId } = shops;
  const found = await database.tenantDb(tenantId).collection(categories).find({}, { limit: 1_000 });
  const { secret } = await createApiKey(database.tenantDb(tenantId), {
    name: 'bench',
    scopes: ['analytics:read'],
  });
  return {
    uri: server.uri,
    name,
    tenantId: tenantId.toHexString(),
    subdomain: shops.subdomain,
    staffKey: secret,
    shop: {
      products: Math.round(count * (SHARES[0] ?? 1)),
      categoryIds: found.map(({ _id }) => _id.toHexString()),
    },
    counters: () => readCounters(database.client),
    database,
    mongodb: (await database.client.db('admin').command({ buildInfo: 1 })).version,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

async function pinMongod(dataDir: string) {
  const { pid } = JSON.parse(await readFile(join(dataDir, 'mongod.json'), 'utf8'));
  pinBeside(pid);
}

/** Another one when what is stored has another shape, or other products are made. */
function nameFor(count: number): string {
  const shape = JSON.stringify([EDITION, products, categories]);
  return `${PREFIX}${count}_${createHash('sha256').update(shape).digest('hex').slice(0, 8)}`;
}

async function fillShops(database: Database, count: number, report: (line: string) => void) {
  const system = database.systemDb('fill the shops of the benchmark');
  const subdomainOf = (index: number) => `bench-${index + 1}`;
  const tenantIdOf = (index: number) => new ObjectId(String(index + 1).padStart(24, '0'));
  for (const [index, share] of SHARES.entries()) {
    const _id = tenantIdOf(index);
    const db = database.tenantDb(_id);
    const wanted = Math.round(count * share);
    const there = await db.collection(products).count({}, { limit: wanted });
    if (there === wanted) continue;
    if (there > 0)
      throw new Error(
        `${subdomainOf(index)} has ${there} products, not ${wanted}: drop the database and try again`,
      );
    report(`making ${wanted} products for ${subdomainOf(index)}`);
    await createTenant(system, {
      _id,
      name: subdomainOf(index),
      subdomain: subdomainOf(index),
      plan: 'ENTERPRISE',
      currency: 'USD',
      locale: 'en-US',
    });
    await fillShop(db, { count: wanted, seed: index + 1, onProducts: () => {} });
  }
  return { tenantId: tenantIdOf(0), subdomain: subdomainOf(0) };
}

const READS = ['find', 'aggregate', 'getMore', 'count', 'distinct', 'update', 'insert', 'findAndModify'];

async function readCounters(client: MongoClient) {
  const { metrics } = await client.db('admin').command({ serverStatus: 1, repl: 0, locks: 0, wiredTiger: 0 });
  const commands = READS.reduce((sum, name) => sum + Number(metrics.commands[name]?.total ?? 0), 0);
  return { commands };
}
