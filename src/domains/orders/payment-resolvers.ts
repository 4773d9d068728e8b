import type { Context } from '../../context.ts';
import { type Answer, isRefusal, mutation } from '../../platform/graphql/mutation.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Resolvers } from '../../schema.types.ts';
import { findPayment, findPaymentsOf } from '../payments/payments.ts';
import { captureOrder } from './order-captures.ts';
import { payOrder } from './order-pay.ts';
import { startRefund } from './order-refunds.ts';
import { type OrderAnswer, orderAfter } from './payment-answers.ts';
import { pursuePayment, pursueRefund } from './payment-calls.ts';

/**
 * A mutation in two steps: what is decided, in one transaction and once per key, and what is then asked of a provider.
 * A repeat takes the second step again, which does nothing where it was done, and answers the order as it is by then.
 */
const thenAsk =
  <I extends { idempotencyKey?: string | null }, P extends object>(
    operation: string,
    decide: (tx: TenantDb, input: I, context: Context) => Promise<P>,
    ask: (decided: P, context: Context) => Promise<OrderAnswer>,
  ) =>
  async (parent: unknown, args: { input: I }, context: Context): Promise<OrderAnswer> => {
    const decided: Answer<P> = await mutation(operation, decide)(parent, args, context);
    return isRefusal(decided) ? decided : ask(decided, context);
  };

export const orderPaymentResolvers: Resolvers = {
  Mutation: {
    orderPay: payOrder,
    orderCapture: thenAsk('orderCapture', captureOrder, async ({ paymentId }, context) => {
      await pursuePayment(context, paymentId);
      return orderAfter(context, { paymentId });
    }),
    orderRefund: thenAsk('orderRefund', startRefund, async ({ refundId }, context) => {
      await pursueRefund(context, refundId);
      return orderAfter(context, { refundId });
    }),
  },
  Order: {
    payment: async ({ paymentId }, _, { db }) => paymentId && findPayment(db, paymentId),
    payments: ({ _id }, _, { db }) => findPaymentsOf(db, _id),
  },
};
