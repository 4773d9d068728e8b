import { ObjectId } from 'mongodb';
import { outbox } from '../../platform/events/collections.ts';
import { indexName } from '../../platform/mongo/collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { refreshVocabulary } from '../catalogue/vocabulary.ts';
import { beginningWith } from './alike.ts';
import { type CountRun, countRuns } from './collections.ts';
import { countPlaces } from './counted-places.ts';

/**
 * The counts of words, and the facets of large lists, follow the products on a clock: a shop is counted again where
 * something changed since, so that a quiet one costs one look-up a round, however many products it has.
 */

const ROUND_MS = 10 * 60_000;
/** Counting takes at most one part in so many of the time, however large a shop has become. */
const SHARE = 20;
/** The copies of a changed category reach its products after the event; so one more round follows each. */
const LATE_MS = 10 * 60_000;
/** Whatever changed without a word of it. */
const LONGEST_MS = 24 * 60 * 60_000;
/** The events of all shops in these minutes: few, however many are kept. */
const BY_TIME = indexName({ at: 1 });
/** Whatever is told of products and categories, reviews among it; only stock is neither searched nor a facet. */
const CHANGES = {
  $or: ['product:', 'category:'].map((start) => ({ subject: beginningWith(start) })),
  type: { $ne: inventoryChanged.type },
};

/** Counts again what is due, in one of the processes that call it; answers whether this one did. */
export async function recountShop(db: TenantDb): Promise<boolean> {
  const at = db.now();
  const run = await lastRun(db);
  if (!isDue(run, at) || !(await claim(db, run, at))) return false;
  if (!(await isStale(db, run, at))) {
    await db.collection(countRuns).updateOne({}, { $set: { knownAt: at } });
    return false;
  }
  const began = performance.now();
  await refreshVocabulary(db);
  await countPlaces(db);
  const tookMs = Math.round(performance.now() - began);
  await db.collection(countRuns).updateOne({}, { $set: { knownAt: at, countedAt: at, tookMs } });
  return true;
}

const never: Omit<CountRun, '_id' | 'tenantId'> = {
  claimedAt: new Date(0),
  knownAt: new Date(0),
  countedAt: new Date(0),
  tookMs: 0,
};

/** For what changes without an event, as prices do by themselves: the next round counts the shop again. */
export async function countSoon(db: TenantDb): Promise<void> {
  await db.collection(countRuns).updateOne({}, { $set: { countedAt: never.countedAt } });
}

async function lastRun(db: TenantDb): Promise<CountRun> {
  const runs = db.collection(countRuns);
  const known = await runs.findOne({});
  if (known) return known;
  const first = { $setOnInsert: { _id: new ObjectId(), ...never } };
  await db.retry(() => runs.updateOne({}, first, { upsert: true }));
  return lastRun(db);
}

/** A little before the round is over: the clocks of processes are not quite even. */
const isDue = ({ claimedAt, tookMs }: CountRun, at: Date) =>
  at.getTime() - claimedAt.getTime() >= Math.max(0.8 * ROUND_MS, SHARE * tookMs);

async function claim(db: TenantDb, { claimedAt }: CountRun, at: Date): Promise<boolean> {
  const claimed = await db.collection(countRuns).updateOne({ claimedAt }, { $set: { claimedAt: at } });
  return claimed.modifiedCount === 1;
}

async function isStale(db: TenantDb, { knownAt, countedAt }: CountRun, at: Date): Promise<boolean> {
  if (at.getTime() - countedAt.getTime() >= LONGEST_MS) return true;
  const since = new Date(knownAt.getTime() - LATE_MS);
  const change = await db
    .collection(outbox)
    .findOne({ at: { $gte: since }, ...CHANGES }, { projection: { _id: 1 }, hint: BY_TIME });
  return change !== null;
}
