import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { badInput } from '../../platform/errors.ts';
import { type ChangedDocument, defineChange, type Identified } from '../../platform/events/change.ts';
import { onEvent } from '../../platform/graphql/subscription.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { SubscriptionInventoryChangedArgs } from '../../schema.types.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, Variant } from '../catalogue/documents.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { productBy } from '../catalogue/loaders.ts';
import { projectionOf } from '../catalogue/product-fields.ts';
import type { VariantOf } from '../catalogue/variants.ts';

/** What is told of a change of the stock of a variant. */
export type ToldStock = { sku: string; productId: ObjectId; resumeToken: string };

type Stocked = Pick<Product, '_id' | 'tenantId' | 'status'> & { variants: Pick<Variant, '_id' | 'sku'>[] };

/**
 * Stock moves inside the product, and on its hottest way (a hold that is placed) nothing else is written: so it is the
 * product itself that tells. Who saves a whole product says by an event which stock that changed.
 */
export const stockChanged = defineChange({
  type: 'stock',
  collection: products.name,
  fields: '^variants\\.\\d+\\.inventory',
  alsoBy: {
    type: inventoryChanged.type,
    changed: ({ productId, variantId }) => ({ id: productId, fields: [String(variantId)] }),
  },
  identify: findChangedSkus,
});

export const onInventoryChanged = onEvent(stockChanged, {
  about: ({ skus }: SubscriptionInventoryChangedArgs) => skus,
  check: ({ skus }) => {
    if (skus.length === 0) throw badInput('Name the variants to hear of', 'skus');
  },
  tell: (
    { keys, data, token }: { keys: string[]; data: Data; token: string },
    { skus },
    { viewer }: Context,
  ) =>
    data.isShown || viewer.may('catalogue:read')
      ? keys.flatMap((sku) =>
          skus.includes(sku) ? [{ sku, productId: data.productId, resumeToken: token }] : [],
        )
      : [],
});

type Data = { productId: ObjectId; isShown: boolean };

/** The variants that an update names by their places, or an event by their ids. */
async function findChangedSkus(db: SystemDb, changed: ChangedDocument[]): Promise<Identified[]> {
  const fields = new Map(changed.map((one) => [String(one.id), one.fields ?? []]));
  const ids = changed.map(({ id }) => id as ObjectId);
  const projection = { tenantId: 1, status: 1, 'variants._id': 1, 'variants.sku': 1 };
  const found = await db
    .collection(products)
    .find<Stocked>({ _id: { $in: ids } }, { projection, limit: ids.length, ...db.options, ...db.because })
    .toArray();
  return found.map(({ _id, tenantId, status, variants }) => {
    const touched = new Set(fields.get(String(_id))?.map(variantIn));
    const some = variants.filter(
      (variant, place) => touched.has(String(place)) || touched.has(String(variant._id)),
    );
    const data: Data = { productId: _id, isShown: status !== 'DRAFT' };
    return { id: _id, tenantId, keys: some.map(({ sku }) => sku), data };
  });
}

/** `3` of variants.3.inventory.available; an id stands alone. */
const variantIn = (field: string) => (field.includes('.') ? field.split('.')[1] : field);

const STOCK = projectionOf(new Set(['variants']), new Set());

/** Null when it is not for sale any more, to whom it is told. */
export async function variantTold(
  { sku, productId }: ToldStock,
  context: Context,
): Promise<VariantOf | null> {
  const product = await productBy._id(context).load({ key: productId, projection: STOCK });
  const variant = product?.variants.find((candidate) => candidate.sku === sku);
  return product && variant ? { product, variant } : null;
}
