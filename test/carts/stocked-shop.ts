import { products } from '../../src/domains/catalogue/collections.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

/** A shop with a mug in two sizes and a plate. */
export async function openStocked() {
  const shop = await openShop();
  const mug = await shop.product({
    name: 'Mug',
    sku: 'MUG',
    variants: [
      variantDraft({ sku: 'MUG-S', pricing: { basePrice: 800, salePrice: null } }),
      variantDraft({ sku: 'MUG-L' }),
    ],
  });
  const plate = await shop.product({ name: 'Plate', sku: 'PLATE' });
  return { shop, mug, plate };
}

export const setPrice = (shop: Shop, sku: string, basePrice: number) =>
  shop.db.collection(products).updateOne({ sku }, { $set: { 'pricing.basePrice': basePrice } });
