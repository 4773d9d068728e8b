import type { ObjectId } from 'mongodb';
import { indexName } from '../../platform/mongo/collection.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { priceKeys } from '../pricing/effective-price.ts';
import { countSoon } from './recount.ts';

/**
 * A discount begins because time passes, and no write goes with it: prices are right whenever they are shown, but the
 * stored keys that lists sort and filter by have to follow. A clock calls refreshPriceKeys each second; a process that
 * knows from it of a change in the next moments does not wait for the clock before it answers a list by price.
 */

const BATCH = 500;
/** As far as a process looks ahead: over the next tick of the clock, and the one after should that be late. */
const AHEAD_MS = 2_000;
const DUE_INDEX = indexName({ tenantId: 1, 'keys.priceChangesAt': 1 });
const PRICED = { pricing: 1, 'variants.pricing': 1, 'keys.priceChangesAt': 1, version: 1 };

/** When the keys of a tenant are next due, where that is soon. */
const dueSoon = new Map<string, Date>();

/** Brings the price keys of all tenants up to date; called on a clock. */
export async function refreshPriceKeys(...databases: SystemDb[]): Promise<void> {
  dueSoon.clear();
  for (const db of databases) {
    const now = db.now();
    for (const { _id, first } of await findDue(db, new Date(now.getTime() + AHEAD_MS))) {
      if (first <= now) await refreshShopPrices(db.forTenant(_id));
      else dueSoon.set(_id.toHexString(), first);
    }
  }
}

type Due = { _id: ObjectId; first: Date };

const findDue = (db: SystemDb, until: Date): Promise<Due[]> =>
  db
    .collection(products)
    .aggregate<Due>(
      [
        { $match: { 'keys.priceChangesAt': dueBy(until), ...db.here } },
        { $group: { _id: '$tenantId', first: { $min: '$keys.priceChangesAt' } } },
      ],
      { hint: DUE_INDEX, ...db.options, ...db.because },
    )
    .toArray();

// The type is what the index is limited to, and so must be said.
const dueBy = (moment: Date) => ({ $type: 'date' as const, $lte: moment });

/** Before a list by price: does at once what is known to be due. */
export async function refreshDuePrices(db: TenantDb): Promise<void> {
  const tenant = db.tenantId.toHexString();
  const due = dueSoon.get(tenant);
  if (due === undefined || due > db.now()) return;
  await refreshShopPrices(db);
  dueSoon.delete(tenant);
}

/** In batches. A product that was changed meanwhile has had its keys worked out by that change, and is left alone. */
export async function refreshShopPrices(db: TenantDb): Promise<void> {
  for (;;) {
    const now = db.now();
    const due = await db
      .collection(products)
      .find<Product>(
        { 'keys.priceChangesAt': dueBy(now) },
        { limit: BATCH, projection: PRICED, hint: DUE_INDEX },
      );
    if (due.length === 0) return;
    const { modifiedCount } = await db.collection(products).bulkWrite(
      due.map((product) => repriced(product, now)),
      { ordered: false },
    );
    if (due.length < BATCH || modifiedCount === 0) return countSoon(db);
  }
}

function repriced({ _id, version, keys, pricing, variants }: Product, now: Date) {
  const { price, priceChangesAt } = priceKeys(pricing, variants, now);
  return {
    updateOne: {
      filter: { _id, version, 'keys.priceChangesAt': keys.priceChangesAt },
      update: { $set: { 'keys.price': price, 'keys.priceChangesAt': priceChangesAt } },
    },
  };
}
