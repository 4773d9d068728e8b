import type { Context } from '../../context.ts';
import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import { mutationBeside } from '../../platform/graphql/mutation-beside.ts';
import type { InventoryAdjustInput, Resolvers } from '../../schema.types.ts';
import { productBy } from '../catalogue/loaders.ts';
import { productProjection } from '../catalogue/product-fields.ts';
import type { StockMovement } from '../catalogue/stock-movements.ts';
import { stockOf } from '../catalogue/variants.ts';
import { adjustInventory } from './adjustments.ts';
import { onInventoryChanged, variantTold } from './live-stock.ts';
import { type LowProduct, listLowStock, lowVariants, thresholdOf } from './low-stock.ts';
import { listMovements } from './movements.ts';
import { release, reservationNamed, reserve, settle } from './reservation-writes.ts';

export const inventoryResolvers: Resolvers = {
  Query: {
    stockMovements: (_, args, { db }) => listMovements(db, args),
    lowStock: (_, { threshold, ...args }, { db, shop }) =>
      listLowStock(db, { ...args, threshold: thresholdOf(shop, threshold) }),
    reservation: (_, { id }, { db }) => reservationNamed(db, id),
  },
  Mutation: {
    inventoryAdjust: mutation('inventoryAdjust', (tx, input: InventoryAdjustInput, context: Context) =>
      adjustInventory(tx, input, context),
    ),
    inventoryReserve: mutationBeside('inventoryReserve', reserve),
    inventoryRelease: mutation('inventoryRelease', release, undefined, { after: settle }),
  },
  Subscription: { inventoryChanged: onInventoryChanged },
  InventoryChange: {
    productId: ({ productId }) => productId.toHexString(),
    inventory: async (told, _, context) => {
      const found = await variantTold(told, context);
      return found && stockOf(found.variant);
    },
    variant: (told, _, context) => variantTold(told, context),
    product: ({ productId }, _, context, info) =>
      productBy._id(context).load({ key: productId, projection: productProjection(info) }),
  },
  Reservation: { id: ({ _id }) => _id.toHexString() },
  StockMovement: {
    id: ({ _id }) => _id.toHexString(),
    productId: ({ productId }) => productId.toHexString(),
    variantId: ({ variantId }) => variantId.toHexString(),
  },
  LowStock: {
    product: ({ _id }, _, context, info) =>
      productBy._id(context).load({ key: _id, projection: productProjection(info) }),
    variants: (low, _, context) => lowVariants(low, context),
  },
  LowStockConnection: connectionResolvers<LowProduct>(),
  LowStockEdge: edgeResolvers<LowProduct>(),
  StockMovementConnection: connectionResolvers<StockMovement>(),
  StockMovementEdge: edgeResolvers<StockMovement>(),
};
