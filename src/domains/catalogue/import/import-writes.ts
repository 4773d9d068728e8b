import { type Filter, MongoBulkWriteError, type WriteError } from 'mongodb';
import { AppError } from '../../../platform/errors.ts';
import type { TenantBulkWrite } from '../../../platform/mongo/tenant-collection.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../collections.ts';
import type { Product } from '../documents.ts';
import { type NoWrite, type Plan, refusal, type Write } from './import-plan.ts';
import type { StatedProduct } from './import-source.ts';

const DUPLICATE_KEY = 11000;

/** Carries out what was planned. `stale` are those that somebody else changed in between: nothing of them is written. */
export async function writePlans(
  db: TenantDb,
  plans: Plan[],
): Promise<{ done: Plan[]; stale: StatedProduct[] }> {
  const writes = plans.filter(isWrite);
  const done: Plan[] = plans.filter((plan): plan is NoWrite => !isWrite(plan));
  if (writes.length === 0) return { done, stale: [] };

  const errors = await db.retry(() => bulkWrite(db, writes));
  const written = await findWritten(db, writes);
  const stale: StatedProduct[] = [];
  writes.forEach((write, index) => {
    const error = errors.get(index);
    // What is there as planned was written, whatever the answer to a repeated command says.
    if (written.has(key(write))) done.push(write);
    else if (error && error.code !== DUPLICATE_KEY) done.push(refusal(write.stated, reasonOf(error)));
    else stale.push(write.stated);
  });
  return { done, stale };
}

const isWrite = (plan: Plan): plan is Write => 'document' in plan;

/** The errors by the place of their write; anything that is no fault of a single write is thrown. */
async function bulkWrite(db: TenantDb, writes: Write[]): Promise<Map<number, WriteError>> {
  try {
    await db.collection(products).bulkWrite(writes.map(operation), { ordered: false });
    return new Map();
  } catch (error) {
    // What mongod did not get to in its time is carried on in the next round.
    if (error instanceof AppError && error.code === 'DEADLINE_EXCEEDED') return new Map();
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    if (errors.length === 0) throw error;
    return new Map(errors.map((each) => [each.index, each]));
  }
}

function operation(write: Write): TenantBulkWrite<Product> {
  if (write.outcome === 'created') return { insertOne: { document: write.document } };
  // Reviews and the shop's own marks are not the file's to set.
  const { _id, reviews: _, createdAt: __, createdBy: ___, ...$set } = write.document;
  return { updateOne: { filter: { _id, ...asRead(write.before) }, update: { $set } } };
}

/**
 * Holds only while the product is as it was read. Stock and reviews change without a new version, and what was worked
 * out rests on both: on the stock what is available, on the reviews the rank.
 */
const asRead = ({ version, variants, reviews }: Product): Filter<Product> => ({
  version,
  'reviews.count': reviews.count,
  'reviews.average': reviews.average,
  $expr: {
    $and: [
      { $eq: ['$variants.inventory.quantity', variants.map(({ inventory }) => inventory.quantity)] },
      { $eq: ['$variants.inventory.reserved', variants.map(({ inventory }) => inventory.reserved)] },
    ],
  },
});

const key = ({ document: { _id, version, updatedAt } }: Write) => `${_id} ${version} ${updatedAt.getTime()}`;

async function findWritten(db: TenantDb, writes: Write[]): Promise<Set<string>> {
  const ids = writes.map(({ document }) => document._id);
  const found = await db
    .collection(products)
    .find<Pick<Product, '_id' | 'version' | 'updatedAt'>>(
      { _id: { $in: ids } },
      { limit: ids.length, projection: { version: 1, updatedAt: 1 } },
    );
  return new Set(found.map(({ _id, version, updatedAt }) => `${_id} ${version} ${updatedAt.getTime()}`));
}

function reasonOf({ code, errmsg }: WriteError): string {
  return `The database refuses the product: ${errmsg ?? 'for no stated reason'} (${code})`;
}
