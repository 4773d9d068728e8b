import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { toDecimal } from '../pricing/money.ts';
import type { Promotion } from './documents.ts';
import { usesOfPromotion } from './loaders.ts';
import { createPromotion, deletePromotion, updatePromotion } from './promotion-writes.ts';
import { findPromotion, listPromotions } from './promotions.ts';

export const promotionResolvers: Resolvers = {
  Query: {
    promotion: (_, lookup, { db }) => findPromotion(db, lookup),
    promotions: (_, args, { db }) => listPromotions(db, args),
  },
  Mutation: {
    promotionCreate: mutation('promotionCreate', createPromotion),
    promotionUpdate: mutation('promotionUpdate', updatePromotion),
    promotionDelete: mutation('promotionDelete', deletePromotion),
  },
  Promotion: {
    id: ({ _id }) => _id.toHexString(),
    value: ({ type, value, currency }) =>
      type === 'PERCENTAGE' ? String(value / 100) : toDecimal(value, currency),
    usedCount: async ({ _id, isCounted, usedCount }, _, context) =>
      isCounted ? usedCount : ((await usesOfPromotion(context).load(_id))?.count ?? 0),
    minimumTotal: ({ minimumTotal: minor, currency }) => (minor === null ? null : { minor, currency }),
    productIds: ({ productIds }) => productIds.map(String),
    categoryIds: ({ categoryIds }) => categoryIds.map(String),
  },
  PromotionConnection: { ...connectionResolvers<Promotion>(), ...countResolvers },
  PromotionEdge: edgeResolvers<Promotion>(),
};
