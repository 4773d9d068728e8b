import { defineCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  id,
  list,
  minorUnits,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import type { Payment, PaymentAccount, PaymentRefund } from './documents.ts';

const dated = { $type: 'date' };
const currency = { ...text, pattern: '^[A-Z]{3}$' };
const chargeState = anyOf('PENDING', 'AUTHORIZED', 'CAPTURED', 'DECLINED', 'VOIDED');

/** What is to be asked of providers, in all shops at once. */
const due = { key: { dueAt: 1 as const }, acrossTenants: true as const };

export const payments = defineCollection<Payment>(
  'payments',
  object({
    _id: id,
    orderId: id,
    provider: text,
    amount: minorUnits,
    currency,
    state: chargeState,
    reference: nullable(text),
    authorized: minorUnits,
    captured: minorUnits,
    reason: nullable(text),
    confirmUrl: nullable(text),
    clientSecret: nullable(text),
    capture: bool,
    inputHash: nullable(text),
    wanted: nullable(anyOf('OUTCOME', 'CAPTURE', 'VOID', 'LAST_LOOK')),
    tries: count,
    dueAt: nullable(date),
    createdAt: date,
    updatedAt: date,
  }),
  [{ key: { orderId: 1, _id: -1 } }, { ...due, partialFilterExpression: { dueAt: dated } }],
);

export const paymentRefunds = defineCollection<PaymentRefund>(
  'payment_refunds',
  object({
    _id: id,
    orderId: id,
    paymentId: id,
    amount: minorUnits,
    currency,
    state: anyOf('PENDING', 'SUCCEEDED', 'FAILED'),
    reference: nullable(text),
    reason: nullable(text),
    ofOrder: bool,
    tries: count,
    dueAt: nullable(date),
    createdAt: date,
    updatedAt: date,
  }),
  [{ key: { paymentId: 1 } }, { ...due, partialFilterExpression: { dueAt: dated } }],
);

export const paymentAccounts = defineCollection<PaymentAccount>(
  'payment_accounts',
  object({
    provider: text,
    publishableKey: nullable(text),
    sealedSecrets: nullable(text),
    secretKeyEnd: nullable({ ...text, maxLength: 4 }),
    noticeSecretEnd: nullable({ ...text, maxLength: 4 }),
    captureAtOnce: bool,
    returnOrigins: list(text),
    version: whole,
    createdAt: date,
    updatedAt: date,
  }),
  [{ key: { provider: 1 }, unique: true }],
);
