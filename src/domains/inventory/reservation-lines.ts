import type { ObjectId } from 'mongodb';
import type { HeldLine } from '../catalogue/documents.ts';
import type { Reservation } from './collections.ts';

export const productsOf = ({ lines }: Pick<Reservation, 'lines'>): ObjectId[] => [
  ...new Map(lines.map(({ productId }) => [productId.toHexString(), productId])).values(),
];

/** What is to be held of one product. The order of the fields counts: a hold is found again by its lines. */
export const heldLines = ({ lines }: Pick<Reservation, 'lines'>, productId: ObjectId): HeldLine[] =>
  lines
    .filter((line) => line.productId.equals(productId))
    .map(({ variantId, quantity, backordered }) => ({ variantId, quantity, backordered }));

export const isFolded = ({ folded }: Pick<Reservation, 'folded'>, productId: ObjectId): boolean =>
  folded.some((id) => id.equals(productId));
