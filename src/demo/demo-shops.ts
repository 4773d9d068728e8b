import type { ObjectId } from 'mongodb';
import type { ProductDraft } from '../domains/catalogue/product-draft.ts';
import type { PriceSpan } from '../domains/pricing/price-history.ts';
import type { Review } from '../domains/reviews/documents.ts';
import type { Plan, ShippingMethod } from '../domains/tenants/collections.ts';
import * as harbourAndPine from './harbour-and-pine/shop.ts';
import * as kumo from './kumo/shop.ts';
import * as nordlys from './nordlys/shop.ts';
import { productDraft } from './product-drafts.ts';
import { reviewDrafts } from './review-drafts.ts';
import type { CategorySketch, ShopSketch } from './sketch.ts';
import { stableId } from './stable.ts';

export type DemoTenant = {
  _id: ObjectId;
  name: string;
  subdomain: string;
  plan: Plan;
  currency: string;
  locale: string;
  storefront: Record<string, unknown>;
  shipping: readonly ShippingMethod[];
};

export type DemoCategory = {
  _id: ObjectId;
  slug: string;
  name: string;
  description: string;
  parentSlug: string | null;
  position: number;
};

export type DemoProduct = {
  draft: ProductDraft & { _id: ObjectId };
  categorySlug: string;
  createdAt: Date;
  updatedAt: Date;
  /** When its prices of today began, and what it cost in the 30 days before. */
  since: Date;
  history: PriceSpan[];
};

export type DemoReview = Omit<Review, 'tenantId' | 'updatedAt'>;

export type DemoShop = {
  tenant: DemoTenant;
  /** Each after its parent. */
  categories: DemoCategory[];
  products: DemoProduct[];
  reviews: DemoReview[];
};

/** The shops that a first start opens. The same `now` gives the same shops, ids and all. */
export const demoShops = (now: Date): DemoShop[] =>
  [harbourAndPine.shop, nordlys.shop, kumo.shop].map((sketch) => demoShop(sketch, now));

function demoShop(shop: ShopSketch, now: Date): DemoShop {
  const { name, subdomain, plan, currency, locale, storefront, shipping } = shop;
  return {
    tenant: {
      ...{ _id: stableId(subdomain), name, subdomain, plan, currency, locale, storefront, shipping },
    },
    categories: categoryDrafts(shop.categories, null, subdomain),
    products: shop.products.map((product) => productDraft(product, shop, now)),
    reviews: reviewDrafts(shop, now),
  };
}

function categoryDrafts(
  sketches: readonly CategorySketch[],
  parentSlug: string | null,
  subdomain: string,
): DemoCategory[] {
  return sketches.flatMap(({ slug, name, description, children = [] }, position) => [
    { _id: stableId(subdomain, 'category', slug), slug, name, description, parentSlug, position },
    ...categoryDrafts(children, slug, subdomain),
  ]);
}
