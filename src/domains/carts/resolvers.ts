import type { Context } from '../../context.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { checkCartKey, createCart } from './cart-create.ts';
import { mergeCarts } from './cart-merge.ts';
import { pricedCart, shownLines, variantOf } from './cart-view.ts';
import {
  abandonCart,
  addCartLines,
  removeCartLines,
  setCartCodes,
  updateCart,
  updateCartLines,
} from './cart-writes.ts';
import { findCartToShow } from './carts.ts';
import type { Cart } from './documents.ts';
import { cartTold, onCartChanged } from './live-carts.ts';
import { methodsFor, priceOfMethod } from './shipping.ts';

const keepCopy = async (
  { cart, emptied = null }: { cart: Cart; emptied?: Cart | null },
  { carts }: Context,
): Promise<void> => {
  await carts.keep(cart);
  if (emptied) await carts.keep(emptied);
};

export const cartResolvers: Resolvers = {
  Query: { cart: (_, { id }, context) => findCartToShow(context, id) },
  Mutation: {
    cartCreate: mutation('cartCreate', createCart, checkCartKey, { after: keepCopy }),
    cartLinesAdd: mutation('cartLinesAdd', addCartLines, undefined, { after: keepCopy }),
    cartLinesUpdate: mutation('cartLinesUpdate', updateCartLines, undefined, { after: keepCopy }),
    cartLinesRemove: mutation('cartLinesRemove', removeCartLines, undefined, { after: keepCopy }),
    cartDiscountCodesSet: mutation('cartDiscountCodesSet', setCartCodes, undefined, { after: keepCopy }),
    cartUpdate: mutation('cartUpdate', updateCart, undefined, { after: keepCopy }),
    cartMerge: mutation('cartMerge', mergeCarts, undefined, { after: keepCopy, secrets: ['emptied'] }),
    cartAbandon: mutation('cartAbandon', abandonCart, undefined, { after: keepCopy }),
  },
  Subscription: { cartChanged: onCartChanged },
  CartChange: { cart: (told, _, context) => cartTold(told, context) },
  Cart: {
    id: ({ _id }) => _id,
    isPersonal: ({ userId }) => userId !== null,
    lines: (cart, _, context, info) => shownLines(cart, context, info),
    totalQuantity: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
    discountCodes: async (cart, _, context) => {
      const { codes } = await pricedCart(cart, context);
      return codes.map((state) => ({ state, currency: cart.currency }));
    },
    shippingMethod: async (cart, _, context) => {
      const { shippingMethod: method, quote } = await pricedCart(cart, context);
      return method && { method, currency: cart.currency, worth: quote.subtotal - quote.discount };
    },
    shippingMethods: async (cart, _, context) => {
      const { quote } = await pricedCart(cart, context);
      const worth = quote.subtotal - quote.discount;
      return methodsFor(cart, context.shop.settings).map((method) => ({
        ...{ method, worth },
        currency: cart.currency,
      }));
    },
    totals: async (cart, _, context) => {
      const { quote } = await pricedCart(cart, context);
      return { totals: quote, currency: cart.currency };
    },
    hasWarnings: async (cart, _, context) =>
      (await pricedCart(cart, context)).lines.some(({ warnings }) => warnings.length > 0),
  },
  CartLine: {
    id: ({ line }) => line._id.toHexString(),
    name: ({ line, goods }) => goods?.product.name ?? line.name,
    sku: ({ line, goods }) => goods?.variant.sku ?? line.sku,
    productId: ({ line }) => line.productId.toHexString(),
    variantId: ({ line }) => line.variantId.toHexString(),
    variant: variantOf,
    quantity: ({ line }) => line.quantity,
    unitPrice: ({ unitPrice: minor, currency }) => (minor === null ? null : { minor, currency }),
    subtotal: ({ quoted, currency }) => ({ minor: quoted.subtotal, currency }),
    discount: ({ quoted, currency }) => ({ minor: quoted.discount, currency }),
    tax: ({ quoted, currency }) => ({ minor: quoted.tax, currency }),
    total: ({ quoted, currency }) => ({ minor: quoted.total, currency }),
    warnings: ({ warnings, currency }) => warnings.map((warning) => ({ warning, currency })),
    addedAt: ({ line }) => line.addedAt,
  },
  CartLineWarning: {
    code: ({ warning }) => warning.code,
    message: ({ warning }) => warning.message,
    was: ({ warning, currency }) =>
      warning.code === 'PRICE_CHANGED' ? { minor: warning.was, currency } : null,
    now: ({ warning, currency }) =>
      warning.code === 'PRICE_CHANGED' ? { minor: warning.now, currency } : null,
    available: ({ warning }) => (warning.code === 'LOW_STOCK' ? warning.available : null),
  },
  CartDiscountCode: {
    code: ({ state }) => state.code,
    isApplied: ({ state }) => state.problem === null,
    amount: ({ state, currency }) => ({ minor: state.amount, currency }),
    problem: ({ state }) => state.problem,
    message: ({ state }) => state.message,
  },
  ShippingMethod: {
    id: ({ method }) => method.id,
    name: ({ method }) => method.name,
    price: (offered) => ({ minor: priceOfMethod(offered), currency: offered.currency }),
    freeFrom: ({ method: { freeFrom: minor }, currency }) => (minor === null ? null : { minor, currency }),
  },
};
