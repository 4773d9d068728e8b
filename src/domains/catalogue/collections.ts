import { defineCollection, type IndexDeclaration } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  id,
  list,
  minorUnits,
  nullable,
  number,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import type { Category, Product, VocabularyTerm } from './documents.ts';

/** More would not fit the limits of one document; past it a product is refused with a clear error. */
export const MAX_VARIANTS = 2_048;

const discount = object(
  {
    type: anyOf('PERCENTAGE', 'FIXED_AMOUNT'),
    value: minorUnits,
    validFrom: date,
    validTo: date,
    code: nullable(text),
    minQuantity: { ...whole, minimum: 1 },
  },
  ['minQuantity'],
);

const media = list(object({ url: text, alt: nullable(text), position: whole }));

const variant = object({
  _id: id,
  sku: text,
  attributes: { bsonType: 'object', additionalProperties: text },
  inventory: object({ quantity: count, reserved: count, available: count, backordered: count }),
  backorder: bool,
  pricing: object({ basePrice: nullable(minorUnits), salePrice: nullable(minorUnits) }),
  media,
});

const productSchema = object(
  {
    sku: text,
    name: text,
    slug: text,
    formerSlugs: list(text),
    description: nullable(text),
    status: anyOf('DRAFT', 'ACTIVE', 'ARCHIVED'),
    pricing: object({
      currency: { ...text, pattern: '^[A-Z]{3}$' },
      basePrice: minorUnits,
      salePrice: nullable(minorUnits),
      cost: nullable(minorUnits),
      taxRate: { ...number, minimum: 0 },
      discounts: list(discount),
      since: date,
      history: list(object({ from: date, to: date, price: minorUnits })),
    }),
    category: nullable(object({ _id: id, name: text, path: list(text), slug: text })),
    categoryIds: list(id),
    variants: list(variant, { maxItems: MAX_VARIANTS }),
    // Described no closer: each hold would be checked again whenever another one is placed.
    holds: list({ bsonType: 'object' }),
    holdsFrom: date,
    reviews: object({
      count,
      average: nullable(number),
      distribution: object({ 1: count, 2: count, 3: count, 4: count, 5: count }),
      recent: list(object({ userName: text, rating: whole, comment: nullable(text), createdAt: date }), {
        maxItems: 10,
      }),
    }),
    soldRecently: count,
    tags: list(text),
    searchKeywords: list(text),
    media,
    seo: object({ title: nullable(text), description: nullable(text) }),
    keys: object({
      price: minorUnits,
      priceChangesAt: nullable(date),
      skus: list(text),
      name: text,
      rating: number,
      nameTerms: list(text),
      keywordTerms: list(text),
      terms: list(text),
      rank: number,
    }),
    version: whole,
    createdAt: date,
    updatedAt: date,
    createdBy: nullable(text),
    updatedBy: nullable(text),
    isDeleted: bool,
    deletedAt: nullable(date),
  },
  ['soldRecently'],
);

/** No piece is both promised and for sale, and none is neither. */
const stockAddsUp = {
  $allElementsTrue: {
    $map: {
      input: '$variants.inventory',
      in: { $eq: ['$$this.quantity', { $add: ['$$this.reserved', '$$this.available'] }] },
    },
  },
};

const live = { partialFilterExpression: { isDeleted: false } };

/** Behind these two a list meets none of the products that it must leave out, however many drafts a shop has. */
const shown = { isDeleted: 1, status: 1 } as const;

/** Each order of a list stands twice: for the whole shop, and behind a category with all that is below it. */
const productIndexes: IndexDeclaration[] = [
  { key: { sku: 1 }, unique: true, ...live },
  { key: { slug: 1 }, unique: true, ...live },
  // Products without variants have nothing to be unique in.
  {
    key: { 'variants.sku': 1 },
    unique: true,
    partialFilterExpression: { isDeleted: false, 'variants.sku': { $exists: true } },
  },
  // No sku of a product may be that of another's variant either.
  { key: { 'keys.skus': 1 }, unique: true, ...live },
  { key: { ...shown, createdAt: -1, _id: -1 } },
  { key: { ...shown, 'keys.price': 1, _id: 1 } },
  { key: { ...shown, 'keys.name': 1, _id: 1 } },
  { key: { ...shown, 'keys.rating': -1, _id: -1 } },
  { key: { ...shown, soldRecently: -1, _id: -1 } },
  { key: { categoryIds: 1, ...shown, createdAt: -1, _id: -1 } },
  { key: { categoryIds: 1, ...shown, 'keys.price': 1, _id: 1 } },
  { key: { categoryIds: 1, ...shown, 'keys.name': 1, _id: 1 } },
  { key: { categoryIds: 1, ...shown, 'keys.rating': -1, _id: -1 } },
  { key: { categoryIds: 1, ...shown, soldRecently: -1, _id: -1 } },
  { key: { 'category._id': 1, ...shown, createdAt: -1, _id: -1 } },
  { key: { tags: 1, ...shown, createdAt: -1, _id: -1 } },
  // What was made in some days, whatever became of it.
  { key: { formerSlugs: 1 }, partialFilterExpression: { 'formerSlugs.0': { $exists: true } } },
  { key: { createdAt: -1, _id: -1 } },
  { key: { 'pricing.salePrice': 1, _id: 1 } },
  // Which stored price keys are due to be worked out again.
  {
    key: { 'keys.priceChangesAt': 1 },
    partialFilterExpression: { 'keys.priceChangesAt': { $type: 'date' } },
  },
  // What has a word in its name, its labels or its description, best liked first.
  { key: { 'keys.nameTerms': 1, ...shown, 'keys.rank': -1, _id: -1 } },
  { key: { 'keys.keywordTerms': 1, ...shown, 'keys.rank': -1, _id: -1 } },
  { key: { 'keys.terms': 1, ...shown, 'keys.rank': -1, _id: -1 } },
  {
    key: { name: 'text', searchKeywords: 'text', description: 'text' },
    weights: { name: 10, searchKeywords: 5, description: 1 },
  },
];

export const products = defineCollection<Product>('products', productSchema, productIndexes, {
  rule: stockAddsUp,
});

export const categories = defineCollection<Category>(
  'categories',
  object(
    {
      name: text,
      slug: text,
      description: nullable(text),
      parentId: nullable(id),
      ancestorIds: list(id, { maxItems: 4 }),
      path: list(text, { maxItems: 5 }),
      depth: whole,
      position: whole,
      version: whole,
      createdAt: date,
      updatedAt: date,
      copiesDueSince: nullable(date),
      movedTo: nullable(id),
      isDeleted: bool,
      deletedAt: nullable(date),
    },
    ['movedTo'],
  ),
  [
    { key: { slug: 1 }, unique: true, ...live },
    { key: { parentId: 1, position: 1, _id: 1 } },
    { key: { ancestorIds: 1 } },
    { key: { copiesDueSince: 1 }, partialFilterExpression: { copiesDueSince: { $type: 'date' } } },
  ],
);

/** The words of each shop's active products. */
export const vocabulary = defineCollection<VocabularyTerm>(
  'search_vocabulary',
  object({
    term: text,
    words: list(text),
    shown: nullable(text),
    starts: list(text),
    typoKeys: list(text),
    products: count,
    inNames: count,
  }),
  [
    { key: { term: 1 }, unique: true },
    { key: { starts: 1, inNames: -1, products: -1, _id: 1 } },
    { key: { words: 1 } },
    { key: { typoKeys: 1 } },
  ],
);
