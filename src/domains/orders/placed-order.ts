import type { CheckoutCart, CheckoutLine } from '../carts/cart-checkout.ts';
import type { Reservation } from '../inventory/collections.ts';
import { taxRateOf } from '../pricing/tax.ts';
import type { TenantSettings } from '../tenants/collections.ts';
import { USUAL_SETTINGS } from '../tenants/collections.ts';
import type { OrderLine, PlacedOrder } from './documents.ts';

const MINUTE_MS = 60_000;

export type Placing = {
  loaded: CheckoutCart;
  reservation: Reservation;
  number: string;
  note: string | null;
  settings: TenantSettings;
  at: Date;
};

/** What an order begins as: a copy of everything that it is about. */
export function placedOrder({ loaded, reservation, number, note, settings, at }: Placing): PlacedOrder {
  const { cart, applied, shippingMethod, quote } = loaded;
  const { lines: _, ...totals } = quote;
  const minutes = settings.unpaidOrderMinutes ?? USUAL_SETTINGS.unpaidOrderMinutes;
  return {
    number,
    note,
    cartId: cart._id,
    userId: cart.userId,
    email: cart.email,
    currency: cart.currency,
    lines: loaded.lines.map((line) => orderLine(line, reservation)),
    totals,
    codes: applied.map(({ code, promotion }) => ({
      code,
      promotionId: promotion._id,
      amount: quote.discounts.find(({ id }) => id === promotion._id.toHexString())?.amount ?? 0,
    })),
    shippingMethod: shippingMethod && { id: shippingMethod.id, name: shippingMethod.name },
    shippingAddress: cart.shippingAddress,
    billingAddress: cart.billingAddress,
    reservationId: reservation._id,
    payBy: totals.total === 0 ? null : new Date(at.getTime() + minutes * MINUTE_MS),
  };
}

function orderLine({ line, goods, unitPrice, quoted }: CheckoutLine, { lines }: Reservation): OrderLine {
  const { product, variant } = goods;
  const { subtotal, discount, tax, total } = quoted;
  return {
    _id: line._id,
    productId: line.productId,
    variantId: line.variantId,
    sku: variant.sku,
    name: product.name,
    attributes: variant.attributes,
    imageUrl: (variant.media[0] ?? product.media[0])?.url ?? null,
    quantity: line.quantity,
    backordered: lines.some(({ variantId, backordered }) => backordered && variantId.equals(line.variantId)),
    unitPrice,
    ...{ subtotal, discount, tax, total },
    taxRate: taxRateOf(product.pricing.taxRate),
    ...{ fulfilled: 0, cancelled: 0, returned: 0 },
  };
}
