import type { Resolvers } from '../../schema.types.ts';
import { paymentById, paymentsByOrder } from '../payments/loaders.ts';
import { captureOrder } from './order-captures.ts';
import { payOrder } from './order-pay.ts';
import { startRefund } from './order-refunds.ts';
import { orderAfter } from './payment-answers.ts';
import { pursuePayment, pursueRefund } from './payment-calls.ts';
import { thenAsk } from './then-ask.ts';

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
    payment: async ({ paymentId }, _, context) => paymentId && paymentById(context).load(paymentId),
    payments: async ({ _id }, _, context) => (await paymentsByOrder(context).load(_id))?.payments ?? [],
  },
};
