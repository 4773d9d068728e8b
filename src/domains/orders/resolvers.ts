import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { productBy } from '../catalogue/loaders.ts';
import { productProjection } from '../catalogue/product-fields.ts';
import { fractionOf } from '../pricing/tax.ts';
import { completeCheckout } from './checkout.ts';
import type { Order } from './documents.ts';
import { onOrderChanged, orderTold } from './live-orders.ts';
import { historyByOrder } from './loaders.ts';
import { findOrder } from './order-access.ts';
import { cancelOrder } from './order-cancel.ts';
import { movingMoney } from './order-money.ts';
import { openOf } from './order-pieces.ts';
import { ACTIONS, movesOf } from './order-status.ts';
import { toldOf } from './order-view.ts';
import { addNote, completeOrder, fulfilOrder, returnPieces } from './order-writes.ts';
import { listOrders } from './orders.ts';

export const orderResolvers: Resolvers = {
  Query: {
    order: (_, asked, { db, viewer }) => findOrder(db, asked, viewer),
    orders: (_, args, { db, viewer }) => listOrders(db, args, viewer),
  },
  Mutation: {
    checkoutComplete: async (parent, args, context) => {
      const answer = await completeCheckout(parent, args, context);
      await context.carts.forget(context.db, args.input.cartId);
      return answer;
    },
    orderCancel: movingMoney('orderCancel', cancelOrder),
    orderFulfill: movingMoney('orderFulfill', fulfilOrder),
    orderComplete: mutation('orderComplete', completeOrder),
    orderReturn: mutation('orderReturn', returnPieces),
    orderNoteAdd: mutation('orderNoteAdd', addNote),
  },
  Subscription: { orderStatusChanged: onOrderChanged },
  OrderStatusChange: { order: (told, _, context) => orderTold(told, context) },
  Order: {
    id: ({ _id }) => _id.toHexString(),
    actions: (order) => movesOf(order).map((verb) => ACTIONS[verb]),
    lines: ({ lines, currency }) => lines.map((line) => ({ line, currency })),
    totalQuantity: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    totals: ({ totals, currency }) => ({ totals, currency }),
    paid: ({ paid: minor, currency }) => ({ minor, currency }),
    refunded: ({ refunded: minor, currency }) => ({ minor, currency }),
    discountCodes: ({ codes, currency }) => codes.map((used) => ({ used, currency })),
    shippingMethod: ({ shippingMethod }) => shippingMethod?.name ?? null,
    fulfillments: ({ fulfilments }) => fulfilments,
    refunds: ({ refunds, currency }) => refunds.map((refund) => ({ refund, currency })),
    history: async (order, _, context) => {
      const { events = [] } = (await historyByOrder(context).load(order._id)) ?? {};
      return events.map((event) => ({ event, order, locale: context.shop.settings.locale }));
    },
  },
  OrderLine: {
    id: ({ line }) => line._id.toHexString(),
    name: ({ line }) => line.name,
    sku: ({ line }) => line.sku,
    productId: ({ line }) => line.productId.toHexString(),
    variantId: ({ line }) => line.variantId.toHexString(),
    product: ({ line }, _, context, info) =>
      productBy._id(context).load({ key: line.productId, projection: productProjection(info) }),
    attributes: ({ line }) => Object.entries(line.attributes).map(([name, value]) => ({ name, value })),
    imageUrl: ({ line }) => line.imageUrl,
    quantity: ({ line }) => line.quantity,
    isBackordered: ({ line }) => line.backordered,
    unitPrice: ({ line, currency }) => ({ minor: line.unitPrice, currency }),
    subtotal: ({ line, currency }) => ({ minor: line.subtotal, currency }),
    discount: ({ line, currency }) => ({ minor: line.discount, currency }),
    taxRate: ({ line }) => fractionOf(line.taxRate),
    tax: ({ line, currency }) => ({ minor: line.tax, currency }),
    total: ({ line, currency }) => ({ minor: line.total, currency }),
    openQuantity: ({ line }) => openOf(line),
    fulfilledQuantity: ({ line }) => line.fulfilled,
    cancelledQuantity: ({ line }) => line.cancelled,
    returnedQuantity: ({ line }) => line.returned,
  },
  OrderDiscountCode: {
    code: ({ used }) => used.code,
    amount: ({ used, currency }) => ({ minor: used.amount, currency }),
  },
  Fulfillment: { id: ({ _id }) => _id.toHexString() },
  LinePieces: { lineId: ({ lineId }) => lineId.toHexString() },
  Refund: {
    id: ({ refund }) => refund._id.toHexString(),
    amount: ({ refund, currency }) => ({ minor: refund.amount, currency }),
    lines: ({ refund }) => refund.lines,
    restock: ({ refund }) => refund.restock,
    reason: ({ refund }) => refund.reason,
    status: ({ refund }) => refund.status,
    at: ({ refund }) => refund.at,
  },
  OrderEvent: {
    seq: ({ event }) => event.seq,
    type: (step) => toldOf(step).type,
    text: (step) => toldOf(step).text,
    at: ({ event }) => event.at,
    actor: ({ event }) => event.actor,
    data: (step) => toldOf(step).data,
  },
  OrderConnection: { ...connectionResolvers<Order>(), ...countResolvers },
  OrderEdge: edgeResolvers<Order>(),
};
