/** What is known of a charge at its provider. `PENDING`: not decided yet, as while the buyer confirms it at the bank. */
export type ChargeState = 'PENDING' | 'AUTHORIZED' | 'CAPTURED' | 'DECLINED' | 'VOIDED';

/** Where a provider's charge stands. `reference` is the provider's own name for it; null when it knows of none. */
export type ChargeOutcome = {
  state: ChargeState;
  reference: string | null;
  /** Minor units that are held, and that were taken. */
  authorized: number;
  captured: number;
  /** Why it was declined, for the buyer. */
  reason: string | null;
  /** Where the buyer has to go to confirm it. */
  confirmUrl: string | null;
  /** With which a storefront's script goes on with it. */
  clientSecret: string | null;
};

export type RefundOutcome = {
  state: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  reference: string | null;
  reason: string | null;
};

/** `id` is ours and the same at each try: a provider that sees it again does nothing twice. */
export type ChargeRequest = {
  id: string;
  amount: number;
  currency: string;
  /** What the buyer's client got from the provider's own form: never a card number. */
  token: string;
  orderNumber: string;
  email: string | null;
  /** Where the buyer comes back to from the bank. */
  returnUrl: string | null;
  /** Whether it is taken at once, or held until it is captured. */
  capture: boolean;
};

export type RefundRequest = { id: string; amount: number; currency: string };

/** What a provider tells of its own accord; null for what does not concern us. */
export type ProviderNotice =
  | { kind: 'charge'; chargeId: string; outcome: ChargeOutcome }
  | { kind: 'refund'; refundId: string; outcome: RefundOutcome };

export type RawNotice = { body: Buffer; headers: Record<string, string | undefined>; now: Date };

/**
 * Who moves the money. Each call may throw, or take longer than anybody waits: then its outcome is unknown until
 * `findCharge` or `findRefund`, or a notice, tells it. None is ever made inside a transaction.
 */
export type PaymentProvider = {
  name: string;
  charge: (request: ChargeRequest) => Promise<ChargeOutcome>;
  /** Null when the provider has never heard of it. */
  findCharge: (chargeId: string, reference: string | null) => Promise<ChargeOutcome | null>;
  capture: (chargeId: string, reference: string, amount: number) => Promise<ChargeOutcome>;
  voidCharge: (chargeId: string, reference: string) => Promise<ChargeOutcome>;
  refund: (chargeReference: string, request: RefundRequest) => Promise<RefundOutcome>;
  findRefund: (refundId: string, chargeReference: string) => Promise<RefundOutcome | null>;
  /** Throws when the notice is not signed by the provider. */
  readNotice: (notice: RawNotice) => Promise<ProviderNotice | null>;
};
