import type { ObjectId } from 'mongodb';
import { idempotencyKeys } from '../../platform/idempotency/collections.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { forgetOrigins, forgetValues } from '../audit/forgetting.ts';
import { foldKey } from '../auth/account-rules.ts';
import { passwordTokens, type User, users } from '../auth/collections.ts';
import { endSessionsOf } from '../auth/sessions.ts';
import { carts } from '../carts/collections.ts';
import { addressBooks } from '../customers/collections.ts';
import { nextStored } from '../orders/archive/stored-orders.ts';
import { forgetBuyer } from '../orders/order-forgetting.ts';
import {
  findReviewerNames,
  findReviewsOf,
  forgetReviewer,
  forgetVotes,
} from '../reviews/review-forgetting.ts';
import { type Erasure, erasures } from './collections.ts';
import { cartsOf, ordersOf } from './person.ts';

const BATCH = 100;
const AT_ONCE = 4;
const MOST_ERASURES = 100;
/** How long somebody else waits before they go on with what was begun: its runner says now and then that it lives. */
const LEASE_MS = 60_000;
/** What the audit knows of an account that says who it is. */
const PERSONAL = ['email', 'username', 'profile'];

/**
 * Goes on with the erasures that are due, in all shops; called on a clock. Each step may be done twice, and what finds
 * the next one is taken away last: so one that was stopped anywhere is finished by the next round.
 */
export async function eraseDue(system: SystemDb): Promise<void> {
  const failures: unknown[] = [];
  for (const due of await findDue(system)) {
    const db = system.forTenant(due.tenantId);
    await erase(db, due).catch((error) => failures.push(error));
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} erasures could not be finished`);
}

const findDue = (system: SystemDb): Promise<Erasure[]> =>
  system
    .collection(erasures)
    .find(
      // The type is what the index is limited to, and so must be said.
      { dueAt: { $type: 'date', $lte: system.now() }, ...system.here },
      { sort: { dueAt: 1 }, limit: MOST_ERASURES, ...system.options, ...system.because },
    )
    .toArray();

async function erase(db: TenantDb, due: Erasure): Promise<void> {
  if (!(await claim(db, due))) return;
  const { userId } = due;
  const account = userId && (await db.retry(() => db.collection(users).findOne({ _id: userId })));
  await forgetOrders(db, due);
  for (const filter of cartsOf(due)) await db.retry(() => db.collection(carts).deleteMany(filter));
  const reviewerNames = userId ? await keepReviewerNames(db, due, userId) : [];
  if (account) await forgetAccount(db, account, due);
  await forgetCalls(db, { ...due, reviewerNames });
  await finish(db, due);
}

/** Of several who find it due, one goes on with it. */
async function claim(db: TenantDb, { _id, dueAt }: Erasure): Promise<boolean> {
  const ours = { $set: { dueAt: leaseEnd(db) } };
  const { matchedCount } = await db.retry(() => db.collection(erasures).updateOne({ _id, dueAt }, ours));
  return matchedCount === 1;
}

const leaseEnd = (db: TenantDb) => new Date(db.now().getTime() + LEASE_MS);

/** Counts what was done, and says that its runner lives. */
const progressed = (db: TenantDb, { _id }: Erasure, done: { orders?: number; reviews?: number }) =>
  db.collection(erasures).updateOne({ _id }, { $inc: done, $set: { dueAt: leaseEnd(db) } });

/** Products are shown with the names of their reviewers; once the reviews are nobody's, only this still knows them. */
async function keepReviewerNames(db: TenantDb, { _id }: Erasure, userId: ObjectId): Promise<string[]> {
  const names = await db.retry(() => findReviewerNames(db, userId));
  const add = { $addToSet: { reviewerNames: { $each: names } } };
  const kept = await db.retry(() => db.collection(erasures).findOneAndUpdate({ _id }, add));
  return kept?.reviewerNames ?? [];
}

/** An order whose buyer is forgotten is no longer found, so this ends. */
async function forgetOrders(db: TenantDb, due: Erasure): Promise<void> {
  for (const filter of ordersOf(due)) {
    for (let found = await nextOrders(db, filter); found.length > 0; found = await nextOrders(db, filter)) {
      for (let i = 0; i < found.length; i += AT_ONCE) {
        const some = found.slice(i, i + AT_ONCE);
        await Promise.all(some.map(({ _id }) => db.transaction((tx) => forgetBuyer(tx, _id))));
      }
      await progressed(db, due, { orders: found.length });
    }
  }
}

const nextOrders = (db: TenantDb, filter: ReturnType<typeof ordersOf>[number]) =>
  db.retry(() => nextStored(db, filter, BATCH));

async function forgetAccount(db: TenantDb, { _id, createdAt }: User, due: Erasure): Promise<void> {
  await forgetReviews(db, _id, due);
  await forgetVotes(db, _id);
  await db.transaction(async (tx) => {
    await tx.collection(addressBooks).deleteMany({ userId: _id });
    await tx.collection(passwordTokens).deleteMany({ userId: _id });
    await endSessionsOf(tx, _id);
    await forgetValues(tx, _id, PERSONAL, createdAt);
    await forgetOrigins(tx, { actor: `user:${_id}` }, createdAt);
    // Signing up and signing in is done by somebody unknown.
    await forgetOrigins(tx, { actor: null, recordId: _id }, createdAt);
  });
}

async function forgetReviews(db: TenantDb, userId: ObjectId, due: Erasure): Promise<void> {
  for (;;) {
    const found = await db.retry(() => findReviewsOf(db, userId, BATCH));
    if (found.length === 0) return;
    for (const review of found) await db.transaction((tx) => forgetReviewer(tx, review));
    await progressed(db, due, { reviews: found.length });
  }
}

/** Answers that were kept for repeats: those to the person, and those to others that speak of them. */
async function forgetCalls(db: TenantDb, { userId, emailKey, reviewerNames }: Erasure): Promise<void> {
  const names = reviewerNames.map((userName) => JSON.stringify({ userName }).slice(1, -1));
  const marks = [userId?.toHexString(), emailKey, ...names].filter((mark) => mark != null).map(foldKey);
  const speaksOf = (kept: unknown) => {
    const text = foldKey(JSON.stringify(kept));
    return marks.some((mark) => text.includes(mark));
  };
  const calls = db.collection(idempotencyKeys);
  for await (const { _id, caller, answer } of calls.scan({}, { batchSize: BATCH })) {
    if (speaksOf([caller, answer])) await db.retry(() => calls.deleteOne({ _id }));
  }
}

/** The account goes with what finds it: until then, a round that was stopped is begun again. */
const finish = (db: TenantDb, { _id, userId }: Erasure) =>
  db.transaction(async (tx) => {
    if (userId) await tx.collection(users).deleteOne({ _id: userId });
    const done = { dueAt: null, emailKey: null, reviewerNames: [], finishedAt: tx.now() };
    await tx.collection(erasures).updateOne({ _id }, { $set: done });
  });
