import { ObjectId } from 'mongodb';
import { generatedCategories, generatedProduct } from '../src/demo/generated-products.ts';
import { pick, pickEarly, type Random, randomFrom } from '../src/demo/random.ts';
import { stableId } from '../src/demo/stable.ts';
import { copyOf } from '../src/domains/catalogue/categories.ts';
import { rebuildFigures } from '../src/domains/catalogue/category-figures.ts';
import { categories, products } from '../src/domains/catalogue/collections.ts';
import type { Category } from '../src/domains/catalogue/documents.ts';
import { type NewProduct, newProduct, withKeys } from '../src/domains/catalogue/product-document.ts';
import { summarise } from '../src/domains/reviews/rating-summary.ts';
import { recountShop } from '../src/domains/search/recount.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';

const CURRENCY = 'USD';
const STARTED = Date.UTC(2025, 0, 1);
const MINUTE = 60_000;
const BATCH = 1_000;

/** Product `n` has the same slug and skus in every shop, and is seen by shoppers in all of them or none. */
export const slugOf = (n: number): string => generatedProduct(n, CURRENCY).draft.slug;
export const skuOf = (n: number, variant: number): string =>
  generatedProduct(n, CURRENCY).draft.variants[variant]?.sku ?? '';
export const isShown = (n: number): boolean => generatedProduct(n, CURRENCY).draft.status === 'ACTIVE';

type Tree = ReadonlyMap<string, Category>;
export type Filling = { db: TenantDb; count: number };

/** Fills empty shops with documents as the API would write them; the next ones are made while mongod takes some. */
export async function fillShops(fillings: Filling[]): Promise<void> {
  const shops = await Promise.all(fillings.map(async (shop) => ({ ...shop, tree: await plant(shop.db) })));
  const most = Math.max(...fillings.map(({ count }) => count));
  let inserted: Promise<unknown> = Promise.resolve();
  for (let n = 0; n < most; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, most - n) }, (_, i) =>
      productOf(n + i, shops[0]?.tree),
    );
    await inserted;
    inserted = Promise.all(
      shops
        .filter(({ count }) => count > n)
        .map(({ db, count, tree }) =>
          db
            .collection(products)
            .insertMany(batch.slice(0, count - n).map((product) => moved(product, tree))),
        ),
    );
  }
  await inserted;
}

async function plant(db: TenantDb): Promise<Tree> {
  const planted = await db.collection(categories).insertMany(categoriesOf(db));
  return new Map(planted.map((category) => [category.path.join(), category]));
}

/** The same product of another shop. */
function moved(product: NewProduct, tree: Tree): NewProduct {
  const category = product.category && tree.get(product.category.path.join());
  if (!category) throw new Error(`No shop has the category of ${product.sku}`);
  const categoryIds = [...category.ancestorIds, category._id];
  return { ...product, _id: new ObjectId(), category: copyOf(category), categoryIds };
}

/** What jobs work out of products on a clock: to be called when the indexes are there. */
export async function workOut(db: TenantDb): Promise<void> {
  await rebuildFigures(db);
  await recountShop(db);
}

function categoriesOf({ tenantId }: TenantDb): Omit<Category, 'tenantId'>[] {
  const at = new Date(STARTED);
  const idOf = (path: string[]) => stableId(tenantId.toHexString(), ...path);
  return generatedCategories.map((path, position) => ({
    _id: idOf(path),
    name: path.at(-1) ?? '',
    slug: path.join('-').toLowerCase(),
    description: `Everything for ${path.join(', ').toLowerCase()}, chosen to last.`,
    parentId: path.length > 1 ? idOf(path.slice(0, -1)) : null,
    ancestorIds: path.slice(0, -1).map((_, i) => idOf(path.slice(0, i + 1))),
    path,
    depth: path.length,
    position,
    version: 1,
    createdAt: at,
    updatedAt: at,
    copiesDueSince: null,
    isDeleted: false,
    deletedAt: null,
  }));
}

function productOf(n: number, tree?: Tree): NewProduct {
  const { draft, categoryPath } = generatedProduct(n, CURRENCY);
  const at = new Date(STARTED + n * MINUTE);
  const product = newProduct(draft, tree?.get(categoryPath.join()) ?? null, { at, by: null });
  return withKeys({ ...product, reviews: summarise(reviewsOf(randomFrom(-n - 1), at)) }, at);
}

const PEOPLE = 'Ada Bo Chidi Dana Emil Farah Goran Hana Ines Jomo'.split(' ');
const COMMENTS = [
  'Exactly as described, and it arrived two days early.',
  'Good, though the colour is a little darker than in the pictures.',
  'We use it every day and it still looks new after half a year.',
  'It does what it should. I would have liked a better lid.',
  'Sent it back: smaller than I thought, and the seam was loose.',
];

const reviewsOf = (random: Random, since: Date) =>
  Array.from({ length: Math.floor(random() * 20) }, (_, i) => ({
    _id: new ObjectId(),
    rating: pickEarly(random, [5, 4, 3, 2, 1] as const),
    userName: pick(random, PEOPLE),
    comment: pick(random, COMMENTS),
    createdAt: new Date(since.getTime() + i * MINUTE),
  }));
