import { Stripe } from 'stripe';
import { UNDECIDED } from './payments.ts';
import type { ChargeOutcome, ChargeState, RefundOutcome } from './provider.ts';
import { fromStripe } from './stripe-amounts.ts';

const STATES: Record<string, ChargeState> = {
  requires_capture: 'AUTHORIZED',
  succeeded: 'CAPTURED',
  canceled: 'VOIDED',
};

export function chargeOutcome(intent: Stripe.PaymentIntent): ChargeOutcome {
  const error = intent.last_payment_error;
  // One that was only just made has this status as well, and no error yet.
  const isDeclined = intent.status === 'requires_payment_method' && error !== null;
  const state = isDeclined ? 'DECLINED' : (STATES[intent.status] ?? 'PENDING');
  return {
    state,
    reference: intent.id,
    authorized: state === 'AUTHORIZED' ? fromStripe(intent.amount_capturable, intent.currency) : 0,
    captured: state === 'CAPTURED' ? fromStripe(intent.amount_received, intent.currency) : 0,
    reason: isDeclined ? (error?.message ?? 'Declined') : null,
    confirmUrl: intent.next_action?.redirect_to_url?.url ?? null,
    clientSecret: intent.status === 'requires_action' ? intent.client_secret : null,
  };
}

export function refundOutcome(refund: Stripe.Refund): RefundOutcome {
  const { id: reference, status } = refund;
  if (status === 'succeeded') return { state: 'SUCCEEDED', reference, reason: null };
  if (status === 'failed' || status === 'canceled')
    return { state: 'FAILED', reference, reason: refund.failure_reason ?? 'It was cancelled at Stripe' };
  return { state: 'PENDING', reference, reason: null };
}

/** Of a call that failed: what is known by it, or null where it may have come about. */
export function refusedCharge(error: unknown): ChargeOutcome | null {
  const reference = error instanceof Stripe.errors.StripeError ? (error.payment_intent?.id ?? null) : null;
  const declined = (reason: string): ChargeOutcome => ({
    ...UNDECIDED,
    state: 'DECLINED',
    reference,
    reason,
  });
  // An amount that Stripe cannot be told.
  if (error instanceof RangeError) return declined(error.message);
  if (error instanceof Stripe.errors.StripeCardError) return declined(error.message);
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return declined(error.message);
  // Of the shop's keys the buyer need not know more.
  return isKeyError(error) ? declined('The shop cannot take this kind of payment at the moment') : null;
}

export function refusedRefund(error: unknown): RefundOutcome | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  const isRefused = error instanceof Stripe.errors.StripeInvalidRequestError || isKeyError(error);
  return isRefused ? { state: 'FAILED', reference: null, reason: error.message } : null;
}

const isKeyError = (error: unknown) =>
  error instanceof Stripe.errors.StripeAuthenticationError ||
  error instanceof Stripe.errors.StripePermissionError;

/** Stripe's errors carry the request; of that, logs need the kind and the id by which Stripe finds it again. */
export function withoutRequest(error: unknown): Error {
  if (!(error instanceof Stripe.errors.StripeError)) return error as Error;
  return new Error(
    `Stripe answered ${error.type} ${error.code ?? ''} (request ${error.requestId ?? 'unknown'})`,
  );
}
