import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { openFailingDatabase, whileFailing } from '../support/failing-mongo.ts';
import type { Shop } from '../support/shop.ts';
import { inventoryOf, stockFaults } from './stock-facts.ts';
import { openStock, sell, times, want } from './stock-shop.ts';

const RUNNER = fileURLToPath(new URL('./buying-runner.ts', import.meta.url));
const MOST = 100_000;

const failing = await openFailingDatabase();
const { client, name, uri } = failing;
const { open, sweep } = await openStock(Promise.resolve(failing));

const skusOf = (products: number) => times(products).map((i) => `P${i}-1`);

/** Buys in a process of its own, and kills it in the middle. Answers the ids of what it has told to be sold. */
async function buyAndDie({ tenant, db }: Shop, skus: string[]): Promise<string[]> {
  const args = [RUNNER, uri, name, `${tenant._id}`, ...skus];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  const enough = 4 + Math.random() * 12;
  while (told.split('\n').length < enough) await once(child.stdout, 'data');
  await sleep(Math.random() * 40);
  child.kill('SIGKILL');
  await ended;
  expect(await wrongNow(db)).toEqual([]);
  // The last line may be cut off.
  return told.split('\n').slice(0, -1);
}

/** What must hold at any moment, also in the middle of everything. */
async function wrongNow(db: TenantDb): Promise<string[]> {
  const all = await db.collection(products).find({}, { limit: MOST });
  return all.flatMap(({ variants }) =>
    variants
      .filter(({ inventory: { quantity, reserved, available } }) => {
        return available < 0 || reserved < 0 || quantity !== reserved + available;
      })
      .map(({ sku, inventory }) => `${sku}: ${JSON.stringify(inventory)}`),
  );
}

/** Until the last of it is done; mongod keeps what a killed process has open for two seconds here. */
const sweepAll = () => expect.poll(() => sweep(16), { timeout: 20_000 }).toBe(0);

async function isSettled(db: TenantDb) {
  const open = { $or: [{ dueAt: { $ne: null } }, { state: 'HELD' as const }] };
  expect(await db.collection(reservations).find(open, { limit: 9 })).toEqual([]);
  expect(await db.collection(products).find({ 'holds.0': { $exists: true } }, { limit: 9 })).toEqual([]);
}

it('processes killed while they reserve, sell and release leave nothing wrong, and nothing kept', async () => {
  const shop = await open(500, 500, 500);
  const { db } = shop;
  const told = (await Promise.all(times(3).map(() => buyAndDie(shop, skusOf(3))))).flat();
  await sweepAll();

  await isSettled(db);
  expect(await stockFaults(db, 500)).toEqual([]);
  const sold = await db.collection(reservations).find({ state: 'CONSUMED' }, { limit: MOST });
  // What it was told before it died is sold, and in the ledger line by line.
  expect(told.filter((id) => !sold.some(({ _id }) => String(_id) === id))).toEqual([]);
  expect(told.length).toBeGreaterThan(10);
  const ledger = await db.collection(stockMovements).find({}, { limit: MOST });
  expect(ledger.map(({ reason, sku, quantity }) => `${reason} ${sku} ${quantity}`).sort()).toEqual(
    sold
      .flatMap(({ _id, lines }) => lines.map(({ sku, quantity }) => `order ${_id} ${sku} ${-quantity}`))
      .sort(),
  );
}, 120_000);

describe.each([
  ['update', ['update', 'findAndModify']],
  ['insert', ['insert']],
  ['commitTransaction', ['commitTransaction']],
])('when %s fails', (_, failCommands) => {
  it.each([
    ['closes its connection', { closeConnection: true }],
    ['is interrupted by a shutdown (91)', { errorCode: 91 }],
    ['meets another writer (112)', { errorCode: 112 }],
  ])('and %s, the stock changes by what is sold and nothing else', async (__, failure) => {
    const { db } = await open(40, 40);
    await whileFailing(client, { failCommands, times: 3, ...failure }, () =>
      Promise.allSettled(
        times(8).map(async () =>
          sell(db, await reserveStock(db, { lines: [want('P0-1', 2), want('P1-1')] })),
        ),
      ),
    );
    await sweepAll();
    await isSettled(db);
    const sold = await db.collection(reservations).count({ state: 'CONSUMED' }, { limit: MOST });
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 40 - 2 * sold, reserved: 0 });
    expect(await inventoryOf(db, 'P1-1')).toMatchObject({ quantity: 40 - sold, reserved: 0 });
    expect(await stockFaults(db, 40)).toEqual([]);
  });
});
