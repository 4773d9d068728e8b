import { Command, InvalidArgumentError } from 'commander';
import { collectionNamed, monthOfName } from '../src/domains/audit/collections.ts';
import { products } from '../src/domains/catalogue/collections.ts';
import { orders } from '../src/domains/orders/collections.ts';
import { collections } from '../src/domains/registry.ts';
import { tenants } from '../src/domains/tenants/collections.ts';
import type { RawDatabase } from '../src/platform/mongo/client.ts';
import { simulate } from '../src/platform/mongo/shard-balance.ts';
import { isMongos, readCluster, sendAll, sendTo, weighTenants } from '../src/platform/mongo/shard-cluster.ts';
import { type ShardedTenant, shardCommands, shardsOf } from '../src/platform/mongo/shard-plan.ts';
import { withRawDatabase } from './support/raw-database.ts';
import { run } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { plan?: true; apply?: true; simulate?: true; json?: true; pin: Map<string, string> };

const SIMULATED_TENANTS = 10_000;
const SIMULATED_SHARDS = [2, 4, 8, 16, 32, 64];

const command = new Command('npm run shard --')
  .description('Spreads shops over the shards of a MongoDB cluster, each shop whole on one of them.')
  .option('--plan', 'print by which key each collection is sharded, and which stay as they are')
  .option('--apply', 'shard the collections of MONGODB_URI, a mongos, and give each shop its shard')
  .option('--simulate', 'print how 10,000 shops of very different sizes spread over 2 to 64 shards')
  .option(
    '--pin <shop=shard>',
    'where a shop has to be, by its subdomain; may be given several times',
    readPin,
    new Map(),
  )
  .option('--json', 'print JSON instead of lines')
  .addHelpText(
    'after',
    `
Run --apply again when shards come or go, when shops have grown, and after each month of the audit was made: what is
in its place stays there. MongoDB moves the data by itself afterwards; sh.status() shows it.

Exit codes:
  0  all is done
  1  something failed, or this is not a mongos`,
  )
  .parse();
const options = command.opts<Options>();

function readPin(text: string, before: Map<string, string>): Map<string, string> {
  const [, shop, shard] = /^([a-z0-9-]+)=(\S+)$/.exec(text) ?? [];
  if (!shop || !shard) throw new InvalidArgumentError('Say SHOP=SHARD, such as demo=shard-eu-1.');
  return new Map([...before, [shop, shard]]);
}

await run(async () => {
  if (options.simulate) printSimulation();
  else if (options.plan) printPlan();
  else if (options.apply) await withRawDatabase(apply);
  else throw new UsageError('Say what to do: --plan, --apply or --simulate');
});

function printPlan(): void {
  const plan = collections.map(shardsOf);
  if (options.json) {
    console.log(JSON.stringify(plan, null, 2));
    return;
  }
  for (const { collection, key, why, needsIndex, ofAllShards } of plan) {
    console.log(`${collection}: ${key ? JSON.stringify(key) : 'not sharded'}, for ${why}`);
    if (needsIndex) console.log('  needs an index on the key alone');
    for (const index of ofAllShards) console.log(`  ${index.index} is asked of all shards: ${index.why}`);
  }
}

function printSimulation(): void {
  const rows = SIMULATED_SHARDS.map((shards) => simulate(SIMULATED_TENANTS, shards));
  if (options.json) {
    console.log(JSON.stringify(rows, null, 2));
    return;
  }
  console.log('| shards | ranges | fullest shard | fullest of shared ones | moved for one more | at best |');
  console.log('|---|---|---|---|---|---|');
  for (const { shards, parts, fullest, fullestOfOthers, moved, atBest } of rows)
    console.log(
      `| ${shards} | ${parts} | ${times(fullest)} | ${times(fullestOfOthers)} | ${percent(moved)} | ${percent(atBest)} |`,
    );
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

async function apply(db: RawDatabase['db']): Promise<void> {
  if (!(await isMongos(db)))
    throw new UsageError(
      'MONGODB_URI leads to no mongos: a replica set has nothing to spread over. Nothing was changed',
    );
  const { shards, ranges } = await readCluster(db);
  const weighed = await weighShops(db, shards);
  const commands = shardCommands({
    database: db.databaseName,
    collections: [...new Set([...collections, ...(await auditMonths(db))])],
    shards,
    tenants: weighed,
    ranges,
  });
  await sendAll(sendTo(db), commands, (sent) => console.log(`✔ ${JSON.stringify(sent.command)}`));
}

/** Those before this month are declared nowhere any more, and have to go where their tenants go all the same. */
async function auditMonths(db: RawDatabase['db']) {
  const listed = await db.listCollections({ name: /^audit_logs_/ }, { nameOnly: true }).toArray();
  return listed
    .filter(({ name }) => monthOfName(name) !== undefined)
    .map(({ name }) => collectionNamed(name));
}

async function weighShops(db: RawDatabase['db'], shards: readonly string[]): Promise<ShardedTenant[]> {
  const weights = await weighTenants(db, [products.name, orders.name]);
  const shops = await db.collection(tenants.name).find().sort({ _id: 1 }).project({ subdomain: 1 }).toArray();
  for (const [shop, shard] of options.pin) {
    if (!shops.some(({ subdomain }) => subdomain === shop)) throw new UsageError(`There is no shop ${shop}`);
    if (!shards.includes(shard))
      throw new UsageError(`There is no shard ${shard}, only ${shards.join(', ')}`);
  }
  return shops.map(({ _id, subdomain }) => {
    const pin = options.pin.get(subdomain);
    return { id: _id, weight: 1 + (weights.get(String(_id)) ?? 0), ...(pin !== undefined && { pin }) };
  });
}
