import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  list,
  minorUnits,
  nullable,
  object,
  text,
} from '../../platform/mongo/schema.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ChargeOutcome, ChargeRequest, ChargeState, RefundOutcome, RefundRequest } from './provider.ts';
import { behaviourOf } from './test-tokens.ts';

export type TestRefund = { id: string; amount: number; state: RefundOutcome['state']; readyAt: Date | null };

/** What the test provider knows of a charge: its own memory, which nothing else of the shop reads. */
export type TestCharge = {
  _id: string;
  tenantId: ObjectId;
  amount: number;
  currency: string;
  token: string;
  capture: boolean;
  state: ChargeState;
  captured: number;
  reason: string | null;
  confirmUrl: string | null;
  returnUrl: string | null;
  /** From when on one that is pending has come about. */
  readyAt: Date | null;
  refunds: TestRefund[];
  /** How often it is still to tell of itself, and from when on. */
  notices: number;
  noticeAt: Date | null;
  createdAt: Date;
};

const KEPT_SECONDS = 90 * 24 * 60 * 60;

export const testCharges = defineCollection<TestCharge>(
  'test_charges',
  object({
    _id: text,
    amount: minorUnits,
    currency: text,
    token: text,
    capture: bool,
    state: anyOf('PENDING', 'AUTHORIZED', 'CAPTURED', 'DECLINED', 'VOIDED'),
    captured: minorUnits,
    reason: nullable(text),
    confirmUrl: nullable(text),
    returnUrl: nullable(text),
    readyAt: nullable(date),
    refunds: list(
      object({
        id: text,
        amount: minorUnits,
        state: anyOf('PENDING', 'SUCCEEDED', 'FAILED'),
        readyAt: nullable(date),
      }),
    ),
    notices: count,
    noticeAt: nullable(date),
    createdAt: date,
  }),
  [
    { key: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
    {
      key: { noticeAt: 1 },
      acrossTenants: true,
      partialFilterExpression: { noticeAt: { $type: 'date' } },
    },
  ],
);

const later = (at: Date, seconds: number) => new Date(at.getTime() + 1_000 * seconds);

/** The charge under this id, made if there was none: asked twice, it is made once. */
export async function makeCharge(
  db: TenantDb,
  request: ChargeRequest,
  confirmUrl: string,
): Promise<TestCharge> {
  const at = db.now();
  const { state, seconds, notices = 0, reason = null } = behaviourOf(request.token);
  const settled = state === 'APPROVED' ? (request.capture ? 'CAPTURED' : 'AUTHORIZED') : state;
  const made = await db.collection(testCharges).findOneAndUpdate(
    { _id: request.id },
    {
      $setOnInsert: {
        amount: request.amount,
        currency: request.currency,
        token: request.token,
        capture: request.capture,
        state: settled,
        captured: settled === 'CAPTURED' ? request.amount : 0,
        reason,
        confirmUrl: request.token === 'confirm' ? confirmUrl : null,
        returnUrl: request.returnUrl,
        readyAt: seconds === undefined ? null : later(at, seconds),
        refunds: [],
        notices,
        noticeAt: notices > 0 ? later(at, seconds ?? 0) : null,
        createdAt: at,
      },
    },
    { upsert: true },
  );
  if (!made) throw new Error('The test provider lost a charge');
  return made;
}

/** The charge as it is by now. */
export async function findCharge(db: TenantDb, id: string): Promise<TestCharge | null> {
  const charge = await db.collection(testCharges).findOne({ _id: id });
  const isReady = charge?.state === 'PENDING' && charge.readyAt !== null && charge.readyAt <= db.now();
  return isReady ? decide(db, id, true) : charge;
}

/** What the buyer, or time, decides of a pending charge; anything else stays as it is. */
export async function decide(
  db: TenantDb,
  id: string,
  approved: boolean,
  notices = 0,
): Promise<TestCharge | null> {
  const charge = await db.collection(testCharges).findOne({ _id: id });
  if (charge?.state !== 'PENDING') return charge;
  const taken = charge.capture ? 'CAPTURED' : 'AUTHORIZED';
  const decided = approved
    ? { state: taken, captured: charge.capture ? charge.amount : 0 }
    : { state: 'DECLINED', reason: 'The buyer did not confirm it' };
  const told = notices > 0 ? { notices, noticeAt: db.now() } : {};
  return db
    .collection(testCharges)
    .findOneAndUpdate(
      { _id: id, state: 'PENDING' },
      { $set: { ...decided, ...told } as Partial<TestCharge> },
    );
}

export const captureCharge = (db: TenantDb, id: string, amount: number): Promise<TestCharge | null> =>
  db
    .collection(testCharges)
    .findOneAndUpdate(
      { _id: id, state: 'AUTHORIZED' },
      { $set: { state: 'CAPTURED' as const, captured: amount } },
    );

export const voidCharge = (db: TenantDb, id: string): Promise<TestCharge | null> =>
  db
    .collection(testCharges)
    .findOneAndUpdate(
      { _id: id, state: { $in: ['AUTHORIZED', 'PENDING'] } },
      { $set: { state: 'VOIDED' as const } },
    );

export async function makeRefund(db: TenantDb, chargeId: string, { id, amount }: RefundRequest) {
  const charge = await db.collection(testCharges).findOne({ _id: chargeId });
  if (!charge) throw new Error('The test provider has never heard of this charge');
  if (!charge.refunds.some((refund) => refund.id === id)) {
    const { refund: state = 'SUCCEEDED', refundSeconds } = behaviourOf(charge.token);
    const left =
      charge.captured -
      charge.refunds.reduce((sum, refund) => sum + (refund.state === 'FAILED' ? 0 : refund.amount), 0);
    const readyAt = refundSeconds === undefined ? null : later(db.now(), refundSeconds);
    const refund = { id, amount, state: amount > left ? ('FAILED' as const) : state, readyAt };
    await db
      .collection(testCharges)
      .updateOne({ _id: chargeId, 'refunds.id': { $ne: id } }, { $push: { refunds: refund } });
  }
  return findTestRefund(db, id, chargeId);
}

export async function findTestRefund(
  db: TenantDb,
  id: string,
  chargeId: string,
): Promise<RefundOutcome | null> {
  const charge = await db.collection(testCharges).findOne({ _id: chargeId });
  const refund = charge?.refunds.find((one) => one.id === id);
  if (!refund) return null;
  const isReady = refund.state === 'PENDING' && refund.readyAt !== null && refund.readyAt <= db.now();
  const state = isReady ? 'SUCCEEDED' : refund.state;
  const reason = state === 'FAILED' ? 'The test provider sends this back to nobody' : null;
  return { state, reference: `test_refund_${id}`, reason };
}

export const outcomeOf = (charge: TestCharge): ChargeOutcome => ({
  state: charge.state,
  reference: charge._id,
  authorized: charge.state === 'AUTHORIZED' ? charge.amount : 0,
  captured: charge.captured,
  reason: charge.reason,
  confirmUrl: charge.state === 'PENDING' ? charge.confirmUrl : null,
  clientSecret: null,
});
