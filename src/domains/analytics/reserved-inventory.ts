import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import { isActive } from '../catalogue/products.ts';
import { reservations } from '../inventory/collections.ts';

/** A category and a currency, as one key. */
export const placeKey = ({ categoryId, currency }: { categoryId: ObjectId; currency: string }) =>
  `${categoryId} ${currency}`;

type Reserved = { _id: { categoryId: ObjectId; currency: string }; quantity: number };

/**
 * Pieces promised to somebody, by category and currency, out of the reservations that are not settled: the work grows
 * with them, and not with the catalogue.
 */
const findReserved = (db: TenantDb): Promise<Reserved[]> =>
  db.collection(reservations).aggregate<Reserved>([
    { $match: { dueAt: { $type: 'date' }, state: 'HELD' } },
    { $unwind: '$lines' },
    { $match: { 'lines.backordered': false } },
    { $group: { _id: '$lines.productId', quantity: { $sum: '$lines.quantity' } } },
    {
      $lookup: {
        from: products.name,
        localField: '_id',
        foreignField: '_id',
        as: 'product',
        pipeline: [{ $match: isActive }, { $project: { 'category._id': 1, 'pricing.currency': 1 } }],
      },
    },
    { $unwind: '$product' },
    {
      $group: {
        _id: { categoryId: '$product.category._id', currency: '$product.pricing.currency' },
        quantity: { $sum: '$quantity' },
      },
    },
  ]);

export const reservedIn = defineLoader(findReserved, ({ _id }) => placeKey(_id));
