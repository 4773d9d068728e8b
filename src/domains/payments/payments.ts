import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { payments } from './collections.ts';
import type { NewPayment, Payment, Wanted } from './documents.ts';
import type { ChargeOutcome, ChargeState } from './provider.ts';

/** How many payments an order can have: who tries stolen cards needs many more. */
export const MOST_PAYMENTS = 20;

export const UNDECIDED: Omit<ChargeOutcome, 'state'> = {
  reference: null,
  authorized: 0,
  captured: 0,
  reason: null,
  confirmUrl: null,
  clientSecret: null,
};

export const findPayment = (db: TenantDb, id: ObjectId): Promise<Payment | null> =>
  db.collection(payments).findOne({ _id: id });

export const countPaymentsOf = (db: TenantDb, orderId: ObjectId): Promise<number> =>
  db.collection(payments).count({ orderId }, { limit: MOST_PAYMENTS });

/** In the transaction of what it pays for. From `dueAt` on, whoever asked its provider is taken not to be there any more. */
export function insertPayment(tx: TenantDb, payment: NewPayment, dueAt: Date): Promise<Payment> {
  const at = tx.now();
  return tx.collection(payments).insertOne({
    ...payment,
    ...UNDECIDED,
    state: 'PENDING',
    wanted: 'OUTCOME',
    tries: 0,
    dueAt,
    createdAt: at,
    updatedAt: at,
  });
}

/**
 * What may follow what. Notices come late, twice and in any order: whatever is not news is left aside. A charge that was
 * declined or given up can come about all the same, by a second try at the bank or a call that was thought lost.
 */
const NEXT: Record<ChargeState, readonly ChargeState[]> = {
  PENDING: ['PENDING', 'AUTHORIZED', 'CAPTURED', 'DECLINED', 'VOIDED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED'],
  DECLINED: ['AUTHORIZED', 'CAPTURED'],
  VOIDED: ['CAPTURED'],
  CAPTURED: [],
};

export type Settled = { before: Payment; after: Payment };

/** Writes down what a provider said of a payment; null where that is no news, or there is no such payment. */
export async function applyOutcome(
  tx: TenantDb,
  id: ObjectId,
  outcome: ChargeOutcome,
): Promise<Settled | null> {
  const before = await findPayment(tx, id);
  if (!before || !NEXT[before.state].includes(outcome.state)) return null;
  const open = outcome.state === 'PENDING';
  const { confirmUrl, clientSecret } = open ? outcome : UNDECIDED;
  const after = await tx.collection(payments).findOneAndUpdate(
    { _id: id, state: before.state },
    {
      $set: {
        ...outcome,
        ...{ confirmUrl, clientSecret },
        reference: outcome.reference ?? before.reference,
        updatedAt: tx.now(),
        ...(!open && { wanted: null, dueAt: null }),
      },
    },
  );
  return after && { before, after };
}

/** What is to be done next about a payment, in the transaction of what decides it. */
export const wantOf = (tx: TenantDb, id: ObjectId, wanted: Wanted, dueAt: Date): Promise<Payment | null> =>
  tx.collection(payments).findOneAndUpdate({ _id: id }, { $set: { wanted, dueAt, tries: 0 } });

/** Nothing more is asked of its provider. */
export const leavePayment = (db: TenantDb, id: ObjectId) =>
  db
    .collection(payments)
    .updateOne({ _id: id, wanted: 'LAST_LOOK' }, { $set: { wanted: null, dueAt: null } });
