import type { ObjectId } from 'mongodb';
import type { ChargeOutcome, RefundOutcome } from './provider.ts';

/** What is still to be done about a payment at its provider. */
export type Wanted =
  /** To hear how it ended. */
  | 'OUTCOME'
  /** To take what is held, or to let go of it. */
  | 'CAPTURE'
  | 'VOID'
  /** Given up, and asked for once more: it may have come about all the same. */
  | 'LAST_LOOK';

/** One charge, written before its provider is asked for it. Amounts are minor units. */
export type Payment = ChargeOutcome & {
  /** What the provider knows it by as well, so that nothing is charged twice. */
  _id: ObjectId;
  tenantId: ObjectId;
  orderId: ObjectId;
  provider: string;
  amount: number;
  currency: string;
  /** Whether it is taken at once, or held until it is captured. */
  capture: boolean;
  /** Of the input that asked for it: under the same key, another input is refused. */
  inputHash: string | null;
  /** Null when nothing is left to do. */
  wanted: Wanted | null;
  /** How often its provider was asked since, and when it is asked next. */
  tries: number;
  dueAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export type NewPayment = Pick<
  Payment,
  '_id' | 'orderId' | 'provider' | 'amount' | 'currency' | 'capture' | 'inputHash'
>;

/** Money that is sent back, written before the provider is asked for it. */
export type PaymentRefund = RefundOutcome & {
  /** The refund's of the order as well, where there is one. */
  _id: ObjectId;
  tenantId: ObjectId;
  orderId: ObjectId;
  paymentId: ObjectId;
  amount: number;
  currency: string;
  /** Whether the order knows of it; it does not when the money was never the order's. */
  ofOrder: boolean;
  tries: number;
  dueAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export type NewRefund = Pick<
  PaymentRefund,
  '_id' | 'orderId' | 'paymentId' | 'amount' | 'currency' | 'ofOrder'
>;

/** With what a shop takes part at a provider. */
export type PaymentAccount = {
  _id: ObjectId;
  tenantId: ObjectId;
  provider: string;
  /** What the storefront's own script needs; no secret. */
  publishableKey: string | null;
  /** The secrets, sealed: see sealing.ts. */
  sealedSecrets: string | null;
  secretKeyEnd: string | null;
  noticeSecretEnd: string | null;
  /** Whether money is taken when an order is paid, or when it is sent. */
  captureAtOnce: boolean;
  /** Where buyers may come back to from the bank; anywhere when there are none. */
  returnOrigins: string[];
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export type AccountSecrets = { secretKey: string | null; noticeSecret: string | null };
