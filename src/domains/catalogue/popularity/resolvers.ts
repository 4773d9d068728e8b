import { createHash, randomUUID } from 'node:crypto';
import type { Context } from '../../../context.ts';
import { notFound } from '../../../platform/errors.ts';
import { withUserErrors } from '../../../platform/graphql/mutation.ts';
import type { ProductViewedInput, Resolvers } from '../../../schema.types.ts';
import { productBy } from '../loaders.ts';
import { productProjection } from '../product-fields.ts';
import { findId } from '../products.ts';
import { dateOf, mostViewed } from './most-viewed.ts';

export const popularityResolvers: Resolvers = {
  Query: { mostViewedProducts: (_, { days, first }, { db }) => mostViewed(db, days ?? 30, first ?? 10) },
  ProductViews: {
    productId: ({ productId }) => productId.toHexString(),
    product: ({ productId }, _, context, info) =>
      productBy._id(context).load({ key: productId, projection: productProjection(info) }),
  },
  Mutation: {
    productViewed: (_, { input }, context) => withUserErrors(() => noteView(input, context)),
  },
};

/** Beside the usual way of mutations: a view is counted later, and its name alone sees that it counts once. */
async function noteView({ productId, idempotencyKey }: ProductViewedInput, context: Context) {
  const { db, viewer, views } = context;
  const id = findId(productId);
  if (!id) throw notFound('product', 'input', 'productId');
  const name = idempotencyKey == null ? randomUUID() : nameOf(viewer.id ?? 'anonymous', idempotencyKey);
  await views.note({ tenantId: db.tenantId, productId: id, name, date: dateOf(db.now()) });
  return { userErrors: [] };
}

/** What a caller wrote is nothing that Redis needs to know. */
const nameOf = (caller: string, key: string) =>
  createHash('sha256')
    .update(JSON.stringify([caller, key]))
    .digest('base64url');
