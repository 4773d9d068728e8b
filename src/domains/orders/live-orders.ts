import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import { defineChange } from '../../platform/events/change.ts';
import { perExecution } from '../../platform/graphql/loader.ts';
import { onEvent } from '../../platform/graphql/subscription.ts';
import type { SubscriptionOrderStatusChangedArgs } from '../../schema.types.ts';
import { orders } from './collections.ts';
import type { Order } from './documents.ts';
import { findOrder } from './order-access.ts';

/** What is told of a change of an order, with what lets the one who asked see it. */
export type ToldOrder = { orderId: string; accessToken: string | null; resumeToken: string };

/** The outbox has an event for each kind of thing that happens to an order; whoever watches one wants all of them. */
export const orderSaved = defineChange({
  type: 'order',
  collection: orders.name,
  // One that goes to the archive is the same as before.
  deletes: false,
});

export const onOrderChanged = onEvent(orderSaved, {
  personal: true,
  about: ({ orderId }: SubscriptionOrderStatusChangedArgs) => [orderId.toLowerCase()],
  check: async ({ orderId: id, accessToken = null }, { db, viewer }: Context) => {
    if (!(await findOrder(db, { id, accessToken }, viewer)))
      throw new AppError('NOT_FOUND', 'There is no such order');
  },
  tell: ({ token }: { token: string }, { orderId, accessToken = null }) => [
    { orderId, accessToken, resumeToken: token },
  ],
});

/** As it is now; read once, however often it has changed meanwhile. */
export const orderTold = ({ orderId: id, accessToken }: ToldOrder, context: Context): Promise<Order | null> =>
  perExecution(context, orderTold, () => new Map<string, Promise<Order | null>>()).getOrInsertComputed(
    id,
    () => findOrder(context.db, { id, accessToken }, context.viewer),
  );
