import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { forbidden, idempotencyMismatch, invalid, limitExceeded } from '../../platform/errors.ts';
import { withUserErrors } from '../../platform/graphql/mutation.ts';
import { identityOf } from '../../platform/idempotency/call-identity.ts';
import { hashOf } from '../../platform/idempotency/once.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderPayInput } from '../../schema.types.ts';
import type { Payment } from '../payments/documents.ts';
import type { OpenProvider } from '../payments/gateway.ts';
import { countPaymentsOf, findPayment, insertPayment, MOST_PAYMENTS } from '../payments/payments.ts';
import type { ChargeRequest } from '../payments/provider.ts';
import { readReturnUrl } from '../payments/return-origins.ts';
import { orderNamed } from './order-access.ts';
import { changeOrder } from './order-history.ts';
import { checkMove } from './order-status.ts';
import { type OrderAnswer, orderAfter } from './payment-answers.ts';
import { askProvider, giveUpPayment } from './payment-calls.ts';
import { recordOutcome } from './payment-outcomes.ts';

const LONGEST_TOKEN = 500;
/** After the call, before the reconciler asks: whoever made it writes its answer down meanwhile. */
const WRITTEN_WITHIN_MS = 5_000;

/** The first of its calls and all repeats are one payment. */
type Call = { id: ObjectId; inputHash: string };

/**
 * Pays an order. The payment is written before its provider is asked, and what the provider answers after it: whatever
 * happens in between, there is one charge, and the reconciler finds out what became of it.
 */
export const payOrder = (
  _: unknown,
  { input }: { input: OrderPayInput },
  context: Context,
): Promise<OrderAnswer> =>
  withUserErrors(async () => {
    const { db } = context;
    const opened = await providerFor(input, context);
    const returnUrl = readReturnUrl(input.returnUrl, opened.returnOrigins);
    const call = callOf(input, context);
    await giveUpUnconfirmed(call, input, context);
    const begun = await db.retry(() => db.transaction((tx) => begin(tx, call, { input, opened, context })));
    if (begun.payment.state === 'PENDING' && begun.payment.reference === null)
      await charge(begun, { input, opened, context, returnUrl });
    return orderAfter(context, { paymentId: call.id });
  });

async function providerFor(
  { provider: asked, token }: OrderPayInput,
  context: Context,
): Promise<OpenProvider> {
  const { db, payments, shop, viewer } = context;
  const provider = asked ?? (await onlyProvider(context));
  if (provider === 'manual' && !viewer.may('orders:write')) throw forbidden('orders:write');
  if (token === '' || token.length > LONGEST_TOKEN)
    throw invalid(`A token has 1 to ${LONGEST_TOKEN} characters`, 'input', 'token');
  const opened = await payments.open(db, provider, shop.subdomain);
  if (opened) return opened;
  throw noSuchProvider(await namesOf(context));
}

const namesOf = async ({ db, payments }: Context): Promise<string[]> =>
  (await payments.methods(db)).map(({ provider }) => provider);

async function onlyProvider(context: Context): Promise<string> {
  const names = await namesOf(context);
  const [only] = names;
  if (only && names.length === 1) return only;
  throw noSuchProvider(names);
}

function noSuchProvider(names: string[]) {
  const known = names.length > 0 ? `with ${names.join(', ')}` : 'not at all yet: it has no payment account';
  return invalid(`Say with what it is paid. Orders of this shop can be paid ${known}`, 'input', 'provider');
}

function callOf({ idempotencyKey: key, ...rest }: OrderPayInput, { db, viewer }: Context): Call {
  if (key == null) return { id: new ObjectId(), inputHash: hashOf(rest) };
  // Unknown people are not one caller: the order tells them apart.
  const caller = viewer.id ?? `order:${rest.orderId}`;
  return identityOf(db, { caller, operation: 'orderPay', key, input: rest });
}

/** A buyer who never confirmed at the bank may pay otherwise: the first payment is let go of, unless it just came in. */
async function giveUpUnconfirmed({ id }: Call, input: OrderPayInput, context: Context): Promise<void> {
  const { paymentId } = await orderNamed(context.db, input, context.viewer);
  if (paymentId === null || paymentId.equals(id)) return;
  const payment = await findPayment(context.db, paymentId);
  const waitsForBuyer = payment?.confirmUrl != null || payment?.clientSecret != null;
  if (payment?.state === 'PENDING' && waitsForBuyer) await giveUpPayment(context, payment);
}

type Paid = { input: OrderPayInput; opened: OpenProvider; context: Context };
type Begun = { payment: Payment; orderNumber: string; email: string | null };

async function begin(tx: TenantDb, { id, inputHash }: Call, paid: Paid): Promise<Begun> {
  const { input, opened, context } = paid;
  const order = await orderNamed(tx, input, context.viewer);
  const { number: orderNumber, email } = order;
  const known = await findPayment(tx, id);
  if (known && known.inputHash !== inputHash) throw idempotencyMismatch();
  if (known) return { payment: known, orderNumber, email };
  checkMove(order, 'pay');
  if ((await countPaymentsOf(tx, order._id)) >= MOST_PAYMENTS)
    throw limitExceeded(
      `After ${MOST_PAYMENTS} payments that came to nothing, an order cannot be paid any more`,
      MOST_PAYMENTS,
      ...['input', 'orderId'],
    );
  const { provider, captureAtOnce: capture } = opened;
  const payment = await insertPayment(
    tx,
    {
      ...{ _id: id, orderId: order._id, provider: provider.name, inputHash, capture },
      ...{ amount: order.totals.total - order.paid, currency: order.currency },
    },
    new Date(tx.now().getTime() + context.payments.callMs + WRITTEN_WITHIN_MS),
  );
  await changeOrder(tx, order, [{ type: 'paymentStarted', paymentId: id, provider: provider.name }]);
  return { payment, orderNumber, email };
}

async function charge(
  { payment, ...order }: Begun,
  { input, opened, context, returnUrl }: Paid & { returnUrl: string | null },
): Promise<void> {
  const { _id, amount, currency, capture } = payment;
  const request: ChargeRequest = {
    ...{ id: _id.toHexString(), amount, currency, capture, token: input.token, returnUrl },
    ...order,
  };
  const outcome = await askProvider(context, () => opened.provider.charge(request));
  if (outcome) await recordOutcome(context, _id, outcome);
}
