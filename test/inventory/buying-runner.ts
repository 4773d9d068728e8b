import { ObjectId } from 'mongodb';
import {
  consumeReservation,
  extendReservation,
  releaseReservation,
} from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleAfterCommit } from '../../src/domains/inventory/settling.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';

/** A process that buys until it is killed: node buying-runner.ts URI DATABASE TENANT SKU … Tells the ids that it has sold. */
const [, , uri = '', name = '', tenant = '', ...skus] = process.argv;
const BUYERS = 8;
const database = await openDatabase({ uri, name, guard: true });
const db = database.tenantDb(new ObjectId(tenant));

const some = (most: number) => 1 + Math.floor(Math.random() * most);

function basket() {
  const from = some(skus.length) - 1;
  const around = [...skus.slice(from), ...skus.slice(0, from)];
  return around.slice(0, some(3)).map((sku) => ({ sku, quantity: some(3), path: [] }));
}

async function buy(): Promise<void> {
  const { _id } = await reserveStock(db, { lines: basket() });
  if (some(4) === 1) await extendReservation(db, _id, 60_000);
  if (some(3) === 1) await releaseReservation(db, _id);
  else {
    await db.transaction((tx) => consumeReservation(tx, _id, `order ${_id}`));
    process.stdout.write(`${_id}\n`);
    await settleAfterCommit(db, _id);
  }
}

async function keepBuying(): Promise<never> {
  for (;;)
    await buy().catch((error) => {
      if (error.code !== 'OUT_OF_STOCK') throw error;
    });
}

await Promise.all(Array.from({ length: BUYERS }, keepBuying));
