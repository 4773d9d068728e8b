import slugify from '@sindresorhus/slugify';
import { ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import { priceKeys } from '../pricing/effective-price.ts';
import { closeSpans } from '../pricing/price-history.ts';
import { copyOf } from './categories.ts';
import { MAX_VARIANTS } from './collections.ts';
import type { Category, Product, ProductKeys, ReviewSummary, Variant } from './documents.ts';
import type { ProductDraft, VariantDraft } from './product-draft.ts';
import { foldName, rankOf, searchTerms } from './search-terms.ts';

/** A product before its tenant is added. */
export type NewProduct = Omit<Product, 'tenantId'>;

const noReviews: ReviewSummary = {
  count: 0,
  average: null,
  distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
  recent: [],
};

export type Change = { at: Date; by: string | null };

/** The document of a new product, with all that is worked out from its draft. */
export function newProduct(draft: ProductDraft, category: Category | null, { at, by }: Change): NewProduct {
  return withKeys(
    {
      _id: draft._id ?? new ObjectId(),
      ...statedPart(draft, category),
      pricing: { ...draft.pricing, since: at, history: [] },
      variants: draft.variants.map((variant) => newVariant(variant)),
      holds: [],
      holdsFrom: new Date(0),
      formerSlugs: [],
      reviews: noReviews,
      soldRecently: 0,
      version: 1,
      createdAt: at,
      updatedAt: at,
      createdBy: by,
      updatedBy: by,
      isDeleted: false,
      deletedAt: null,
    },
    at,
  );
}

/** The document after a draft has taken the place of what was stated before; ids, stock promises and reviews stay. */
export function changedProduct(
  before: Product,
  draft: ProductDraft,
  category: Category | null,
  { at, by }: Change,
): NewProduct {
  const former = new Map(before.variants.map((variant) => [variant.sku, variant]));
  refuseToDropPromised(before, draft);
  const { tenantId: _, keys: __, ...rest } = before;
  const after = {
    ...rest,
    ...statedPart(draft, category),
    formerSlugs: formerSlugs(before, draft),
    pricing: { ...draft.pricing, since: before.pricing.since, history: before.pricing.history },
    variants: draft.variants.map((variant) => newVariant(variant, former.get(variant.sku))),
    version: before.version + 1,
    updatedAt: at,
    updatedBy: by,
  };
  if (offersChanged(before, after)) {
    after.pricing = { ...after.pricing, since: at, history: closeSpans(before.pricing, before.variants, at) };
  }
  return withKeys(after, at);
}

const statedPart = (draft: ProductDraft, category: Category | null) => ({
  sku: draft.sku,
  name: draft.name,
  slug: draft.slug ?? slugify(draft.name),
  description: draft.description,
  status: draft.status,
  category: category && copyOf(category),
  categoryIds: category ? [...category.ancestorIds, category._id] : [],
  tags: draft.tags,
  searchKeywords: draft.searchKeywords,
  media: draft.media,
  seo: draft.seo,
});

const MAX_FORMER_SLUGS = 20;

/** The latest slugs that a product had, without the one that it gets. */
function formerSlugs({ slug, formerSlugs }: Product, draft: ProductDraft): string[] {
  const next = draft.slug ?? slugify(draft.name);
  return [...new Set([...formerSlugs, slug])].filter((former) => former !== next).slice(-MAX_FORMER_SLUGS);
}

/** What is promised to somebody stays promised, so there cannot be less on hand. */
function newVariant({ quantity, backorder = false, ...draft }: VariantDraft, former?: Variant): Variant {
  const { reserved, backordered } = former?.inventory ?? { reserved: 0, backordered: 0 };
  if (quantity < reserved) {
    throw badInput(`${draft.sku} cannot have ${quantity} pieces: ${reserved} of it are reserved`, 'variants');
  }
  return {
    ...draft,
    _id: former?._id ?? draft._id ?? new ObjectId(),
    inventory: { quantity, reserved, available: quantity - reserved, backordered },
    backorder,
  };
}

/** A variant stays as long as somebody is to get pieces of it. */
function refuseToDropPromised({ variants }: Product, draft: ProductDraft) {
  const kept = new Set(draft.variants.map(({ sku }) => sku));
  const dropped = variants.find((variant) => !kept.has(variant.sku) && promisedOf(variant) > 0);
  if (dropped) throw badInput(`${promisedOf(dropped)} pieces of ${dropped.sku} are reserved`, 'variants');
}

/** Pieces that somebody is to get: reserved ones, and sold ones that are still to come. */
export const promisedOf = ({ inventory }: Variant): number => inventory.reserved + inventory.backordered;

/** Whether what a shopper pays may be another than before. */
function offersChanged(before: Omit<NewProduct, 'keys'>, after: Omit<NewProduct, 'keys'>): boolean {
  const offer = ({ pricing: { basePrice, salePrice, discounts }, variants }: typeof before) =>
    JSON.stringify([basePrice, salePrice, discounts, variants.map(({ pricing }) => pricing)]);
  return offer(before) !== offer(after);
}

/** The document with the keys that lists and search go by, worked out again from the rest of it. */
export function withKeys(product: Omit<NewProduct, 'keys'>, at: Date): NewProduct {
  if (product.variants.length > MAX_VARIANTS) {
    throw badInput(
      `A product has at most ${MAX_VARIANTS} variants, not ${product.variants.length}`,
      'variants',
    );
  }
  const keys: ProductKeys = {
    ...priceKeys(product.pricing, product.variants, at),
    skus: [product.sku, ...product.variants.map(({ sku }) => sku)],
    name: foldName(product.name),
    rating: product.reviews.average ?? 0,
    ...searchTerms(product),
    rank: rankOf(product),
  };
  return { ...product, keys };
}
