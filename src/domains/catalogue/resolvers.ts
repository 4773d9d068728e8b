import type { Context } from '../../context.ts';
import { badInput } from '../../platform/errors.ts';
import { MAX_PAGE } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Resolvers } from '../../schema.types.ts';
import { nextPriceChange, priceRange } from '../pricing/effective-price.ts';
import { lowestPrice30Days, nextLowestPriceChange } from '../pricing/price-history.ts';
import { type AnyCategory, categoryTree, isWhole, readCategoryLookup } from './categories.ts';
import type { Category, Product } from './documents.ts';
import { onProductChanged } from './live-products.ts';
import {
  categoryById,
  categoryBySlug,
  childrenOf,
  productBy,
  productCountBelow,
  productCountWithin,
} from './loaders.ts';
import { productProjection } from './product-fields.ts';
import { findId, readLookup } from './products.ts';
import {
  amountOf,
  attributesOf,
  availabilityOf,
  discountValue,
  findVariant,
  isInStock,
  optionsOf,
  productPrice,
  stockOf,
  variantBasePrice,
  variantPrice,
  variantSalePrice,
  variantsOf,
} from './variants.ts';

export const catalogueResolvers: Resolvers = {
  Query: {
    product: async (_, args, context, info) => {
      const lookup = readLookup(args);
      if (!lookup) return null;
      const wanted = { key: lookup.key, projection: productProjection(info) };
      const found = await productBy[lookup.path](context).load(wanted);
      return found || lookup.path !== 'slug' ? found : productBy.formerSlugs(context).load(wanted);
    },
    productsByIds: (_, { ids }, context, info) => {
      if (ids.length > MAX_PAGE) throw badInput(`At most ${MAX_PAGE} ids at once, not ${ids.length}`, 'ids');
      const projection = productProjection(info);
      return Promise.all(ids.map((id) => productOf(context, id, projection)));
    },
    category: (_, args, context) => {
      const { id, slug } = readCategoryLookup(args);
      return slug === undefined ? id && categoryById(context).load(id) : categoryBySlug(context).load(slug);
    },
    categories: (_, { parentId, maxDepth }, { db }) => {
      const parent = parentId == null ? null : findId(parentId);
      return parentId != null && parent === null ? [] : categoryTree(db, parent, maxDepth ?? 5);
    },
  },
  Subscription: { productChanged: onProductChanged },
  ProductChange: {
    id: ({ productId }) => productId.toHexString(),
    product: ({ productId }, _, context, info) =>
      productBy._id(context).load({ key: productId, projection: productProjection(info) }),
  },
  Product: {
    id: ({ _id }) => _id.toHexString(),
    pricing: (product) => product,
    priceRange: (product, _, { db }) => {
      const { min, max } = priceRange(product.pricing, product.variants, priceTime(product, db));
      return { min: amountOf(product, min), max: amountOf(product, max) };
    },
    lowestPrice30Days: (product, _, { db }) => {
      const now = db.nowUntil((at) => nextLowestPriceChange(product.pricing, at));
      const lowest = lowestPrice30Days(product.pricing, product.variants, now);
      return lowest === null ? null : amountOf(product, lowest);
    },
    variants: variantsOf,
    variant: (product, lookup) => findVariant(product, lookup),
    options: optionsOf,
    availability: availabilityOf,
    reviewSummary: ({ reviews }) => reviews,
  },
  Pricing: {
    currency: ({ pricing }) => pricing.currency,
    basePrice: (product) => amountOf(product, product.pricing.basePrice),
    salePrice: (product) => priceOrNull(product, product.pricing.salePrice),
    taxRate: ({ pricing }) => pricing.taxRate,
    cost: (product) => priceOrNull(product, product.pricing.cost),
    discounts: ({ pricing: { discounts, currency } }, _, { viewer }) =>
      discounts
        .filter(({ code }) => code === null || viewer.may('catalogue:read'))
        .map((discount) => ({ discount, currency })),
    effectivePrice: (product, args, { db }) => productPrice(product, priceTerms(args, product, db)),
  },
  Discount: {
    type: ({ discount }) => discount.type,
    value: ({ discount, currency }) => discountValue(discount, currency),
    validFrom: ({ discount }) => discount.validFrom,
    validTo: ({ discount }) => discount.validTo,
    code: ({ discount }) => discount.code,
    minQuantity: ({ discount }) => discount.minQuantity ?? 1,
  },
  ProductVariant: {
    id: ({ variant }) => variant._id.toHexString(),
    sku: ({ variant }) => variant.sku,
    attributes: ({ variant }) => attributesOf(variant),
    pricing: (variantOf) => variantOf,
    inventory: ({ variant }) => stockOf(variant),
    backorder: ({ variant }) => variant.backorder,
    media: ({ variant }) => variant.media,
  },
  VariantPricing: {
    basePrice: variantBasePrice,
    salePrice: variantSalePrice,
    effectivePrice: (variantOf, args, { db }) =>
      variantPrice(variantOf, priceTerms(args, variantOf.product, db)),
  },
  Inventory: { inStock: isInStock },
  Category: {
    id: ({ _id }) => _id.toHexString(),
    depth: ({ path }) => path.length,
    position: async (category, _, context) => (await whole(category, context)).position,
    description: async (category, _, context) => (await whole(category, context)).description,
    version: async (category, _, context) => (await whole(category, context)).version,
    parent: async (category, _, context) => {
      const { parentId } = await whole(category, context);
      return parentId && categoryById(context).load(parentId);
    },
    ancestors: async (category, _, context) => {
      const { ancestorIds } = await whole(category, context);
      const found = await Promise.all(ancestorIds.map((id) => categoryById(context).load(id)));
      return found.filter((ancestor) => ancestor !== null);
    },
    children: ({ _id }, _, context) => childrenOf(context).load(_id),
    productCount: async ({ _id }, { includeDescendants }, context) => {
      const loader = includeDescendants ? productCountBelow : productCountWithin;
      return (await loader(context).load(_id))?.count ?? 0;
    },
  },
};

const productOf = (context: Context, id: string, projection: ReturnType<typeof productProjection>) => {
  const key = findId(id);
  return key && productBy._id(context).load({ key, projection });
};

const priceOrNull = (product: Product, minor: number | null) =>
  minor === null ? null : amountOf(product, minor);

type PriceArgs = { quantity?: number | null; code?: string | null; at?: Date | null };

function priceTerms({ quantity, code, at }: PriceArgs, product: Product, db: TenantDb) {
  if (quantity != null && quantity < 1)
    throw badInput(`A price is for 1 piece or more, not ${quantity}`, 'quantity');
  const now = () => (code == null ? priceTime(product, db) : db.now());
  return { quantity: quantity ?? 1, code: code ?? null, at: at ?? now() };
}

/** Until the next discount that needs no code starts or ends, prices stay as they are. */
const priceTime = ({ pricing }: Product, db: TenantDb) => db.nowUntil((at) => nextPriceChange(pricing, at));

/** A product carries a copy of its category; what the copy lacks is loaded, once for all products of a request. */
async function whole(category: AnyCategory, context: Context): Promise<Category> {
  if (isWhole(category)) return category;
  const found = await categoryById(context).load(category._id);
  if (!found)
    throw new Error(`Category ${category._id} has products but is gone; npm run check-data mends it`);
  return found;
}
