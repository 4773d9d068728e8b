import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findPayment, UNDECIDED } from './payments.ts';
import type { ChargeOutcome, PaymentProvider } from './provider.ts';

const received = (amount: number, reference: string): ChargeOutcome => ({
  ...UNDECIDED,
  state: 'CAPTURED',
  captured: amount,
  reference,
});

/** Money that was received elsewhere: what the staff say has happened. The token is where it is to be found again. */
export const openManualProvider = (db: TenantDb): PaymentProvider => ({
  name: 'manual',
  charge: async ({ amount, token }) => received(amount, token),
  // That it was written down is all that there is to know.
  findCharge: async (id) => {
    const payment = await findPayment(db, new ObjectId(id));
    return payment && received(payment.amount, payment.reference ?? id);
  },
  capture: async (_, reference, amount) => received(amount, reference),
  voidCharge: async (_, reference) => ({ ...UNDECIDED, state: 'VOIDED', reference }),
  refund: async (_, { id }) => ({ state: 'SUCCEEDED', reference: id, reason: null }),
  findRefund: async (id) => ({ state: 'SUCCEEDED', reference: id, reason: null }),
  readNotice: async () => {
    throw new Error('Nobody sends notices of money that the staff record');
  },
});
