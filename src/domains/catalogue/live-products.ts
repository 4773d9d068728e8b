import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { onEvent } from '../../platform/graphql/subscription.ts';
import type { SubscriptionProductChangedArgs } from '../../schema.types.ts';
import { type ProductOperation, productChanged } from './events.ts';

/** What is told of a change of a product. */
export type ToldProduct = {
  operation: ProductOperation;
  productId: ObjectId;
  version: number;
  resumeToken: string;
};

type Data = ToldProduct & { categoryIds?: ObjectId[]; isShown?: boolean };

/** Drafts are none of a shopper's business, not even that there are some. */
export const onProductChanged = onEvent(productChanged, {
  about: ({ ids }: SubscriptionProductChangedArgs) => ids ?? null,
  tell: (
    { data, token: resumeToken }: { data: Data; token: string },
    { categoryId },
    { viewer }: Context,
  ) => {
    const { operation, productId, version, categoryIds = [], isShown = false } = data;
    const isInCategory = categoryId == null || categoryIds.some((id) => id.toHexString() === categoryId);
    if (!isInCategory || !(isShown || viewer.may('catalogue:read'))) return [];
    return [{ operation, productId, version, resumeToken }];
  },
});
