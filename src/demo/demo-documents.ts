import type { Category } from '../domains/catalogue/documents.ts';
import { type NewProduct, newProduct, withKeys } from '../domains/catalogue/product-document.ts';
import type { Review } from '../domains/reviews/documents.ts';
import { summarise } from '../domains/reviews/rating-summary.ts';
import type { NewDocument } from '../platform/mongo/tenant-collection.ts';
import type { DemoProduct, DemoReview, DemoShop } from './demo-shops.ts';

export type DemoDocuments = {
  categories: Category[];
  products: NewProduct[];
  reviews: NewDocument<Review>[];
};

/** All of a demo shop as it is stored. */
export function demoDocuments(shop: DemoShop, now: Date): DemoDocuments {
  const categories = categoryDocuments(shop, now);
  const published = Map.groupBy(
    shop.reviews.filter(({ status }) => status === 'APPROVED'),
    ({ productId }) => productId.toHexString(),
  );
  return {
    categories: [...categories.values()],
    products: shop.products.map((product) => {
      const category = categories.get(product.categorySlug);
      if (!category)
        throw new Error(`${product.draft.sku} is in "${product.categorySlug}", which is not there`);
      return productDocument(product, category, published.get(product.draft._id.toHexString()) ?? [], now);
    }),
    reviews: shop.reviews.map((review) => ({ ...review, updatedAt: review.createdAt })),
  };
}

function productDocument(
  { draft, createdAt, updatedAt, since, history }: DemoProduct,
  category: Category,
  published: DemoReview[],
  now: Date,
): NewProduct {
  const product = newProduct(draft, category, { at: now, by: null });
  const past = { pricing: { ...product.pricing, since, history }, createdAt, updatedAt };
  return withKeys({ ...product, ...past, reviews: summarise(published) }, now);
}

/** By slug, each after its parent. */
function categoryDocuments({ tenant, categories }: DemoShop, now: Date): Map<string, Category> {
  const done = new Map<string, Category>();
  for (const { parentSlug, ...draft } of categories) {
    const parent = parentSlug === null ? undefined : done.get(parentSlug);
    const path = [...(parent?.path ?? []), draft.name];
    done.set(draft.slug, {
      ...draft,
      tenantId: tenant._id,
      parentId: parent?._id ?? null,
      ancestorIds: parent ? [...parent.ancestorIds, parent._id] : [],
      path,
      depth: path.length,
      version: 1,
      createdAt: now,
      updatedAt: now,
      copiesDueSince: null,
      isDeleted: false,
      deletedAt: null,
    });
  }
  return done;
}
