import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import { defineChange } from '../../platform/events/change.ts';
import { perExecution } from '../../platform/graphql/loader.ts';
import { onEvent } from '../../platform/graphql/subscription.ts';
import type { SubscriptionCartChangedArgs } from '../../schema.types.ts';
import { findCart } from './carts.ts';
import { carts } from './collections.ts';
import type { Cart } from './documents.ts';

/** What is told of a change of a cart. */
export type ToldCart = { cartId: string; resumeToken: string };

/** A cart has no events: nobody else is to hear of it. Its id is unique in all shops, and known to who may ask. */
export const cartSaved = defineChange({ type: 'cart', collection: carts.name });

export const onCartChanged = onEvent(cartSaved, {
  personal: true,
  about: ({ cartId }: SubscriptionCartChangedArgs) => [cartId],
  check: async ({ cartId }, { db, viewer }: Context) => {
    if (!(await findCart(db, cartId, viewer))) throw new AppError('NOT_FOUND', 'There is no such cart');
  },
  tell: ({ token }: { token: string }, { cartId }) => [{ cartId, resumeToken: token }],
});

/** As it is now; read once, however often it has changed meanwhile. */
export const cartTold = ({ cartId }: ToldCart, context: Context): Promise<Cart | null> =>
  perExecution(context, cartTold, () => new Map<string, Promise<Cart | null>>()).getOrInsertComputed(
    cartId,
    () => findCart(context.db, cartId, context.viewer),
  );
