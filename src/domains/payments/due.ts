import type { ObjectId } from 'mongodb';
import type { CollectionDefinition } from '../../platform/mongo/collection.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { paymentRefunds, payments } from './collections.ts';

const BATCH = 100;
const MOST_COUNTED = 10_000;
const FIRST_MS = 5_000;
const LONGEST_MS = 30 * 60_000;

type Due = { _id: ObjectId; tenantId: ObjectId; tries: number; dueAt: Date | null };

/** How long after a try the next one comes: 5 s, 10 s, 20 s … half an hour. */
export const pauseAfter = (tries: number): number => Math.min(FIRST_MS * 2 ** tries, LONGEST_MS);

export const duePayments = (system: SystemDb) => takeDue(system, payments);
export const dueRefunds = (system: SystemDb) => takeDue(system, paymentRefunds);

/** What is due in all shops, each put off before it is answered: of two processes, one sees to it. */
async function takeDue<T extends Due>(system: SystemDb, definition: CollectionDefinition<T>): Promise<Due[]> {
  const now = system.now();
  const due = await system
    .collection<Due>(definition as CollectionDefinition<Due>)
    .find(
      { dueAt: { $type: 'date', $lte: now }, ...system.here },
      {
        projection: { tenantId: 1, tries: 1, dueAt: 1 },
        ...{ sort: { dueAt: 1 }, limit: BATCH },
        ...system.options,
        ...system.because,
      },
    )
    .toArray();
  const taken = await Promise.all(
    due.map(async (one) => {
      const next = new Date(now.getTime() + pauseAfter(one.tries));
      const { modifiedCount } = await system
        .forTenant(one.tenantId)
        .collection<Due>(definition as CollectionDefinition<Due>)
        .updateOne({ _id: one._id, dueAt: one.dueAt }, { $set: { dueAt: next }, $inc: { tries: 1 } });
      return modifiedCount > 0 ? [one] : [];
    }),
  );
  return taken.flat();
}

/** How many payments of all shops are not decided, and how long the oldest of them has not been. */
export async function pendingPayments(system: SystemDb): Promise<{ count: number; oldestSeconds: number }> {
  const waiting = await system
    .collection(payments)
    .find(
      { dueAt: { $type: 'date' }, state: 'PENDING', ...system.here },
      { projection: { createdAt: 1 }, limit: MOST_COUNTED, ...system.options, ...system.because },
    )
    .toArray();
  const now = system.now().getTime();
  const ages = waiting.map(({ createdAt }) => (now - createdAt.getTime()) / 1_000);
  return { count: ages.length, oldestSeconds: Math.max(0, ...ages) };
}
