import { ObjectId } from 'mongodb';
import type { Edge } from '../../platform/graphql/connection.ts';
import { defineCollection } from '../../platform/mongo/collection.ts';
import type { Page } from '../../platform/mongo/page.ts';
import { date, id, nullable, object, text, whole } from '../../platform/mongo/schema.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Variant } from './documents.ts';

/** One line of the ledger: the quantities of a variant's lines add up to what there is of it. */
export type StockMovement = {
  _id: ObjectId;
  tenantId: ObjectId;
  productId: ObjectId;
  variantId: ObjectId;
  sku: string;
  /** By how much the pieces on hand, and those promised to somebody, became more (or fewer). */
  quantity: number;
  reserved: number;
  reason: string;
  at: Date;
  actor: string | null;
};

export type StockMovementPage = Page<StockMovement>;
export type StockMovementEdge = Edge<StockMovement>;

export const stockMovements = defineCollection<StockMovement>(
  'stock_movements',
  object({
    productId: id,
    variantId: id,
    sku: text,
    quantity: whole,
    reserved: whole,
    reason: text,
    at: date,
    actor: nullable(text),
  }),
  [
    { key: { variantId: 1, at: -1, _id: -1 } },
    { key: { sku: 1, at: -1, _id: -1 } },
    { key: { at: -1, _id: -1 } },
  ],
);

export type Stocked = { _id: ObjectId; variants: Variant[] };

/** The lines that lead from one state of a product's stock to another. */
export function movementsBetween(before: Stocked | null, after: Stocked, reason: string, { now, actor }: By) {
  const former = new Map(before?.variants.map((variant) => [variant._id.toHexString(), variant]));
  const gone = new Map(former);
  const lines = after.variants.map((variant) => {
    const known = former.get(variant._id.toHexString());
    gone.delete(variant._id.toHexString());
    return lineOf(variant, known?.inventory, variant.inventory);
  });
  const removed = [...gone.values()].map((variant) => lineOf(variant, variant.inventory, undefined));
  return [...lines, ...removed]
    .filter(({ quantity, reserved }) => quantity !== 0 || reserved !== 0)
    .map((line) => ({ _id: new ObjectId(), productId: after._id, ...line, reason, at: now, actor }));
}

type By = { now: Date; actor: string | null };
type Numbers = Pick<Variant['inventory'], 'quantity' | 'reserved'>;
const nothing: Numbers = { quantity: 0, reserved: 0 };

const lineOf = ({ _id, sku }: Variant, from: Numbers = nothing, to: Numbers = nothing) => ({
  variantId: _id,
  sku,
  quantity: to.quantity - from.quantity,
  reserved: to.reserved - from.reserved,
});

/** Writes the ledger's lines for a change of a whole product, in the transaction of the change. */
export async function recordMovements(tx: TenantDb, before: Stocked | null, after: Stocked, reason: string) {
  const lines = movementsBetween(before, after, reason, { now: tx.now(), actor: tx.origin.actor });
  if (lines.length > 0) await tx.collection(stockMovements).insertMany(lines);
  return lines;
}
