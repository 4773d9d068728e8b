import { Stripe } from 'stripe';
import type { AccountSecrets } from './documents.ts';
import type {
  ChargeOutcome,
  ChargeRequest,
  PaymentProvider,
  ProviderNotice,
  RawNotice,
  RefundOutcome,
  RefundRequest,
} from './provider.ts';
import { toStripe } from './stripe-amounts.ts';
import {
  chargeOutcome,
  refundOutcome,
  refusedCharge,
  refusedRefund,
  withoutRequest,
} from './stripe-outcomes.ts';

const MOST_REFUNDS = 100;
const CHARGE_EVENTS = new Set<string>([
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
]);
const REFUND_EVENTS = new Set<string>([
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refund.updated',
]);

export type StripeOptions = {
  secrets: AccountSecrets;
  /** Goes with each charge, so that it can be told whose it is. */
  tenant: string;
  /** Another server than Stripe's own, for tests. */
  apiUrl: string | undefined;
  callMs: number;
};

export function openStripeProvider({ secrets, tenant, apiUrl, callMs }: StripeOptions): PaymentProvider {
  const stripe = new Stripe(secrets.secretKey ?? '', {
    ...serverOf(apiUrl),
    timeout: callMs,
    // Whatever is not answered is asked for by the reconciler, on its own time.
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const intents = stripe.paymentIntents;
  /** A call that fails for what the charge is by then, such as captured, is answered by what it is. */
  const orAsItIs = (reference: string, call: Promise<Stripe.PaymentIntent>) =>
    call
      .catch((error) => {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return intents.retrieve(reference);
        throw error;
      })
      .then(chargeOutcome)
      .catch(failed<ChargeOutcome>);
  return {
    name: 'stripe',
    charge: (request) =>
      Promise.try(() => intents.create(intentOf(request, tenant), { idempotencyKey: request.id }))
        .then(chargeOutcome)
        .catch((error) => refusedCharge(error) ?? failed(error)),
    findCharge: (id, reference) => findIntent(intents, id, reference).catch(failed<ChargeOutcome | null>),
    capture: (id, reference) =>
      orAsItIs(reference, intents.capture(reference, {}, { idempotencyKey: `${id}-capture` })),
    voidCharge: (id, reference) =>
      orAsItIs(reference, intents.cancel(reference, {}, { idempotencyKey: `${id}-void` })),
    refund: (reference, request) => refund(stripe, reference, request),
    findRefund: async (id, reference) => {
      const list = stripe.refunds.list({ payment_intent: reference, limit: MOST_REFUNDS });
      const { data } = await list.catch(failed<Stripe.ApiList<Stripe.Refund>>);
      const found = data.find(({ metadata }) => metadata?.refundId === id);
      return found ? refundOutcome(found) : null;
    },
    readNotice: async (notice) => readStripeNotice(stripe, secrets.noticeSecret, notice),
  };
}

function serverOf(apiUrl: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiUrl) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  return { host: hostname, port, protocol: protocol === 'http:' ? 'http' : 'https' };
}

const failed = <R>(error: unknown): R => {
  throw withoutRequest(error);
};

const intentOf = (request: ChargeRequest, tenant: string): Stripe.PaymentIntentCreateParams => ({
  amount: toStripe(request.amount, request.currency),
  currency: request.currency.toLowerCase(),
  // Their form makes the one or the other, as the storefront asks it to.
  ...(request.token.startsWith('ctoken_')
    ? { confirmation_token: request.token }
    : { payment_method: request.token }),
  confirm: true,
  capture_method: request.capture ? 'automatic' : 'manual',
  // Without a page to come back to, only what needs no visit elsewhere can be taken.
  automatic_payment_methods: { enabled: true, allow_redirects: request.returnUrl ? 'always' : 'never' },
  ...(request.returnUrl && { return_url: request.returnUrl }),
  ...(request.email && { receipt_email: request.email }),
  description: `Order ${request.orderNumber}`,
  metadata: { paymentId: request.id, tenant, orderNumber: request.orderNumber },
});

/** Without Stripe's own name for it, by ours: their search knows of a charge within a minute. */
async function findIntent(
  intents: Stripe['paymentIntents'],
  id: string,
  reference: string | null,
): Promise<ChargeOutcome | null> {
  if (reference) return chargeOutcome(await intents.retrieve(reference));
  const { data } = await intents.search({ query: `metadata['paymentId']:'${id}'`, limit: 1 });
  return data[0] ? chargeOutcome(data[0]) : null;
}

async function refund(stripe: Stripe, reference: string, request: RefundRequest): Promise<RefundOutcome> {
  const params = {
    payment_intent: reference,
    amount: toStripe(request.amount, request.currency),
    metadata: { refundId: request.id },
  };
  return stripe.refunds
    .create(params, { idempotencyKey: request.id })
    .then(refundOutcome)
    .catch((error) => refusedRefund(error) ?? failed(error));
}

function readStripeNotice(
  stripe: Stripe,
  secret: string | null,
  { body, headers, now }: RawNotice,
): ProviderNotice | null {
  if (!secret) throw new Error('The shop has not said with what Stripe signs its notices');
  const signature = headers['stripe-signature'] ?? '';
  const event = stripe.webhooks.constructEvent(body, signature, secret, undefined, undefined, now.getTime());
  const { object } = event.data;
  if (CHARGE_EVENTS.has(event.type) && object.object === 'payment_intent') {
    const intent = object as Stripe.PaymentIntent;
    const chargeId = intent.metadata.paymentId;
    return chargeId ? { kind: 'charge', chargeId, outcome: chargeOutcome(intent) } : null;
  }
  if (!REFUND_EVENTS.has(event.type)) return null;
  const refunded = object as Stripe.Refund;
  const refundId = refunded.metadata?.refundId;
  return refundId ? { kind: 'refund', refundId, outcome: refundOutcome(refunded) } : null;
}
