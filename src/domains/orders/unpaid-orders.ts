import type { Filter } from 'mongodb';
import { UserError } from '../../platform/errors.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { orders } from './collections.ts';
import type { Order } from './documents.ts';
import { cancelPlaced } from './order-cancel.ts';

const BATCH = 200;
export const UNPAID_REASON = 'It was not paid in time';

type Due = Pick<Order, '_id' | 'tenantId'>;

/** The type is what the index is limited to, and so must be said. A payment that is under way is waited for. */
const isDue = (now: Date): Filter<Order> => ({
  status: 'PLACED',
  paymentStatus: { $in: ['UNPAID', 'VOIDED'] },
  payBy: { $type: 'date', $lte: now },
});

/**
 * Cancels the orders whose time to be paid is over; called on a clock, by as many processes as like to. Who pays at that
 * moment is in the same order's way: one of the two comes first. What fails is told when the rest is done.
 */
export async function cancelUnpaidOrders(system: SystemDb): Promise<number> {
  const due = await system
    .collection(orders)
    .find<Due>(
      { ...isDue(system.now()), ...system.here },
      {
        ...{ sort: { payBy: 1 }, limit: BATCH, projection: { tenantId: 1 } },
        ...{ ...system.options, ...system.because },
      },
    )
    .toArray();
  const failures: unknown[] = [];
  for (const one of due) {
    await cancelUnpaid(system, one).catch((error) => {
      // Somebody else was faster.
      if (!(error instanceof UserError)) failures.push(error);
    });
  }
  if (failures.length === 0) return due.length;
  throw new AggregateError(failures, `${failures.length} unpaid orders could not be cancelled`);
}

const cancelUnpaid = (system: SystemDb, { _id, tenantId }: Due): Promise<void> =>
  system.forTenant(tenantId).transaction(async (tx) => {
    const order = await tx.collection(orders).findOne({ $and: [{ _id }, isDue(tx.now())] });
    if (order) await cancelPlaced(tx, order, UNPAID_REASON);
  });
