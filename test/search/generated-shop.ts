import { categories, products } from '../../src/domains/catalogue/collections.ts';
import type { NewProduct } from '../../src/domains/catalogue/product-document.ts';
import { refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { generatedCategories, generatedProducts, type NewCategory } from './generated-catalogue.ts';

export type GeneratedShop = Shop & { categories: NewCategory[]; products: NewProduct[] };

const BATCH = 1_000;

/** A shop with so many generated products, its vocabulary counted. */
export async function openGeneratedShop(count: number): Promise<GeneratedShop> {
  const shop = await openShop();
  const tree = generatedCategories();
  const made = [...generatedProducts(count, tree)];
  await shop.db.collection(categories).insertMany(tree);
  for (let start = 0; start < count; start += BATCH) {
    await shop.db.collection(products).insertMany(made.slice(start, start + BATCH));
  }
  await refreshVocabulary(shop.db);
  return { ...shop, categories: tree, products: made };
}
