import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { StockMovement } from '../catalogue/stock-movements.ts';
import { adjustInventory } from './adjustments.ts';
import { listMovements } from './movements.ts';

export const inventoryResolvers: Resolvers = {
  Query: { stockMovements: (_, args, { db }) => listMovements(db, args) },
  Mutation: { inventoryAdjust: mutation('inventoryAdjust', adjustInventory) },
  StockMovement: {
    id: ({ _id }) => _id.toHexString(),
    productId: ({ productId }) => productId.toHexString(),
    variantId: ({ variantId }) => variantId.toHexString(),
  },
  StockMovementConnection: connectionResolvers<StockMovement>(),
  StockMovementEdge: edgeResolvers<StockMovement>(),
};
