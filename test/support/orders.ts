import { ObjectId } from 'mongodb';
import type { Product } from '../../src/domains/catalogue/documents.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import type { Order, OrderChange, OrderLine, PlacedOrder } from '../../src/domains/orders/documents.ts';
import { changeOrder, placeOrder } from '../../src/domains/orders/order-history.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';

export type SomeLine = { product?: Product; quantity?: number; unitPrice?: number };
export type SomeOrder = Partial<Omit<PlacedOrder, 'lines'>> & { lines?: SomeLine[] };

let placed = 0;

/** An order as a checkout leaves it, without the checkout: nothing is reserved and nothing was in a cart. */
export function placedOrder(db: TenantDb, { lines = [{}], ...rest }: SomeOrder = {}): Promise<Order> {
  placed += 1;
  const bought = lines.map(orderLine);
  const total = bought.reduce((sum, line) => sum + line.total, 0);
  const order: PlacedOrder = {
    ...{ number: `T-${placed}`, cartId: new ObjectId().toHexString(), userId: null, email: null },
    ...{ currency: 'USD', lines: bought, codes: [], shippingMethod: null, shippingAddress: null },
    ...{ billingAddress: null, note: null, reservationId: null, payBy: null },
    totals: {
      ...{ subtotal: total, discount: 0, discounts: [], taxIncluded: true, taxes: [], tax: 0, total },
      shipping: { price: 0, discount: 0, tax: 0, total: 0 },
    },
    ...rest,
  };
  return db.transaction((tx) => placeOrder(tx, new ObjectId(), [{ type: 'placed', order }]));
}

function orderLine({ product, quantity = 1, unitPrice = 1000 }: SomeLine): OrderLine {
  const total = quantity * unitPrice;
  return {
    ...{ _id: new ObjectId(), productId: product?._id ?? new ObjectId() },
    ...{ variantId: product?.variants[0]?._id ?? new ObjectId(), sku: product?.sku ?? 'SKU' },
    ...{ name: product?.name ?? 'Something', attributes: {}, imageUrl: null, quantity, backordered: false },
    ...{ unitPrice, subtotal: total, discount: 0, taxRate: 0, tax: 0, total },
    ...{ fulfilled: 0, cancelled: 0, returned: 0 },
  };
}

/** What happens to an order next. */
export function happen(db: TenantDb, { _id }: Pick<Order, '_id'>, ...changes: OrderChange[]): Promise<Order> {
  return db.transaction(async (tx) => {
    const before = await tx.collection(orders).findOne({ _id });
    if (!before) throw new Error(`There is no order ${_id}`);
    return changeOrder(tx, before, changes);
  });
}

export const paid = ({ totals }: Order): OrderChange => ({
  ...{ type: 'paid', paymentId: new ObjectId(), amount: totals.total },
});

export const paidOrder = async (db: TenantDb, some: SomeOrder = {}): Promise<Order> => {
  const order = await placedOrder(db, some);
  return happen(db, order, paid(order));
};

/** Money of an order that went back, for these of its pieces. */
export function refunded(order: Order, amount: number, quantity = 0): [OrderChange, OrderChange] {
  const refundId = new ObjectId();
  const lines = order.lines.slice(0, quantity > 0 ? 1 : 0).map(({ _id: lineId }) => ({ lineId, quantity }));
  const refund = { _id: refundId, paymentId: order.paymentId ?? new ObjectId(), amount, lines };
  return [
    { type: 'refundStarted', refund: { ...refund, restock: true, reason: null } },
    { type: 'refundSucceeded', refundId },
  ];
}
