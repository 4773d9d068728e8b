import { MongoServerError, ObjectId } from 'mongodb';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../collections.ts';
import { isActive } from '../products.ts';
import { countedViews, productViews } from './collections.ts';

/** One look at a product. Views of the same name are one. */
export type View = { name: string; productId: ObjectId; date: string };

const DAY_MS = 24 * 60 * 60_000;
/** As long as a call's answer is kept; a batch that was left behind is taken up again long before. */
const NAMES_KEPT_MS = DAY_MS;
const VIEWS_KEPT_MS = 400 * DAY_MS;
const DUPLICATE_KEY = 11000;
const MOST_TRIES = 3;

/**
 * Adds views to the days of their products, each once, however often and by whomever they are handed in. What is no
 * product that shoppers see is not counted.
 */
export async function countViews(db: TenantDb, views: View[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction((tx) => countOnce(tx, views));
    } catch (error) {
      // Somebody else has counted one of them meanwhile: it is known now.
      if (tries === MOST_TRIES || !isDuplicate(error)) throw error;
    }
  }
}

const isDuplicate = (error: unknown) => error instanceof MongoServerError && error.code === DUPLICATE_KEY;

async function countOnce(tx: TenantDb, views: View[]): Promise<void> {
  const byName = new Map(views.map((view) => [view.name, view]));
  for (const name of await knownNames(tx, [...byName.keys()])) byName.delete(name);
  if (byName.size === 0) return;
  const names = [...byName.keys()];
  const expiresAt = new Date(tx.now().getTime() + NAMES_KEPT_MS);
  await tx.collection(countedViews).insertOne({ _id: new ObjectId(), names, expiresAt });
  const writes = await additions(tx, [...byName.values()]);
  if (writes.length > 0) await tx.collection(productViews).bulkWrite(writes);
}

async function knownNames(tx: TenantDb, names: string[]): Promise<string[]> {
  const found = await tx
    .collection(countedViews)
    .find({ names: { $in: names } }, { limit: names.length, projection: { names: 1 } });
  return found.flatMap((batch) => batch.names);
}

async function additions(tx: TenantDb, views: View[]) {
  const sums = Map.groupBy(views, ({ productId, date }) => `${productId} ${date}`);
  const seen = await shownAmong(tx, views);
  return [...sums.values()].flatMap((same) => {
    const [view] = same;
    if (!view || !seen.has(view.productId.toHexString())) return [];
    const { productId, date } = view;
    return { updateOne: addition(productId, date, same.length) };
  });
}

const addition = (productId: ObjectId, date: string, views: number) => ({
  filter: { productId, date },
  update: {
    $inc: { views },
    $setOnInsert: { _id: new ObjectId(), expiresAt: new Date(Date.parse(date) + VIEWS_KEPT_MS) },
  },
  upsert: true,
});

async function shownAmong(tx: TenantDb, views: View[]): Promise<Set<string>> {
  const ids = new Map(views.map(({ productId }) => [productId.toHexString(), productId]));
  const found = await tx
    .collection(products)
    .find({ _id: { $in: [...ids.values()] }, ...isActive }, { limit: ids.size, projection: { _id: 1 } });
  return new Set(found.map(({ _id }) => _id.toHexString()));
}
