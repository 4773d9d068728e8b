import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MongoClient, ObjectId } from 'mongodb';
import type { CategoryFigures } from '../src/domains/catalogue/category-figures.ts';
import type { Category, Product, Variant } from '../src/domains/catalogue/documents.ts';
import { typedWords } from '../src/domains/catalogue/words.ts';
import { effectivePrice, priceRange } from '../src/domains/pricing/effective-price.ts';
import { toDecimal } from '../src/domains/pricing/money.ts';
import { slugsOf } from './operations.ts';

/**
 * The floor: the same answers from bare node:http, the driver and JSON.stringify, written by hand, without GraphQL and
 * without any of what a shop needs besides. Only the arithmetic of prices and of words is shared with the API.
 */

const [uri = '', database = '', tenant = '', stockTenant = ''] = process.argv.slice(2);
const client = await MongoClient.connect(uri);
const products = client.db(database).collection<Product>('products');
const categories = client.db(database).collection<Category>('categories');
const figures = client.db(database).collection<CategoryFigures>('category_figures');
const tenantId = new ObjectId(tenant);
const stockTenantId = new ObjectId(stockTenant);
const shown = { tenantId, isDeleted: false, status: 'ACTIVE' as const };

type Variables = Record<string, unknown> &
  Record<'slug' | 'category' | 'search' | 'currency' | 'sku', string>;
const FIRST = 24;

const answers: Record<string, (variables: Variables) => Promise<unknown>> = {
  '/Q1': async ({ slug }) => {
    const found = await products.findOne({ slug, ...shown }, { projection: PAGE });
    return { product: found && productPage(found) };
  },
  '/Q2': async ({ category }) => {
    const found = await products
      .find({ categoryIds: new ObjectId(category), ...shown }, { projection: ROW })
      .sort({ 'keys.price': 1, _id: 1 })
      .limit(FIRST + 1)
      .toArray();
    const at = new Date();
    return {
      products: {
        nodes: found.slice(0, FIRST).map((product) => listRow(product, at)),
        pageInfo: { hasNextPage: found.length > FIRST },
      },
    };
  },
  '/Q3': async ({ search }) => {
    const found = await products
      .find({ 'keys.nameTerms': typedWords(search)[0]?.term ?? '', ...shown }, { projection: FOUND })
      .sort({ 'keys.rank': -1, _id: -1 })
      .limit(FIRST + 1)
      .toArray();
    const at = new Date();
    return {
      products: {
        nodes: found.slice(0, FIRST).map((product) => foundRow(product, at)),
        pageInfo: { hasNextPage: found.length > FIRST },
      },
    };
  },
  '/Q4': async ({ currency }) => {
    const match = { $match: { tenantId, currency } };
    const rows = await figures
      .aggregate<Figures>([
        match,
        { $unionWith: { coll: 'category_figure_changes', pipeline: [match] } },
        { $group: { _id: '$categoryId', ...SUMS, low: { $min: '$low' }, high: { $max: '$high' } } },
        { $match: { products: { $gt: 0 } } },
        { $sort: { products: -1, _id: 1 } },
      ])
      .toArray();
    return { categoryAnalytics: rows.map((row) => figuresRow(row, currency)) };
  },
  '/M1': async ({ sku }) => {
    const enough = {
      'variants.sku': sku,
      variants: { $elemMatch: { sku, 'inventory.available': { $gte: 1 } } },
    };
    const { modifiedCount } = await products.updateOne(
      { tenantId: stockTenantId, isDeleted: false, ...enough },
      { $inc: { 'variants.$.inventory.available': -1, 'variants.$.inventory.reserved': 1 } },
    );
    return { inventoryReserve: { userErrors: modifiedCount === 1 ? [] : [{ code: 'OUT_OF_STOCK' }] } };
  },
  '/Q5': async (variables) => {
    const slugs = slugsOf(variables);
    const found = await products
      .find({ slug: { $in: slugs }, ...shown }, { projection: TILE, limit: slugs.length })
      .toArray();
    const ids = [...new Set(found.map(({ category }) => String(category?._id)))].map(
      (id) => new ObjectId(id),
    );
    const whole = await categories
      .find({ _id: { $in: ids }, tenantId, isDeleted: false }, { limit: ids.length })
      .toArray();
    const descriptions = new Map(whole.map(({ _id, description }) => [String(_id), description]));
    const bySlug = new Map(found.map((product) => [product.slug, tile(product, descriptions)]));
    return Object.fromEntries(slugs.map((slug, i) => [`p${i + 1}`, bySlug.get(slug) ?? null]));
  },
};

const names = (text: string) => Object.fromEntries(text.split(' ').map((name) => [name, 1]));
const PAGE = names(
  'sku name slug description status pricing category variants reviews tags media seo version createdAt updatedAt',
);
const TILE = {
  ...names('name slug pricing category variants.pricing'),
  'reviews.count': 1,
  'reviews.average': 1,
};

const ROW = {
  ...names('name slug pricing variants media'),
  'reviews.count': 1,
  'reviews.average': 1,
};

const FOUND = {
  ...names('name slug pricing variants.pricing media'),
  'reviews.count': 1,
  'reviews.average': 1,
};

type Figures = Omit<CategoryFigures, '_id' | 'tenantId' | 'categoryId' | 'currency' | 'lost'>;
const SUMS = Object.fromEntries(
  ['products', 'variants', 'quantity', 'value', 'prices', 'reviews', 'stars'].map((name) => [
    name,
    { $sum: `$${name}` },
  ]),
);

const money = (minor: number, currency: string) => ({ amount: toDecimal(minor, currency), currency });

function productPage(product: Product) {
  const { pricing, category, variants, reviews } = product;
  const at = new Date();
  const { currency, basePrice, salePrice } = pricing;
  const range = priceRange(pricing, variants, at);
  return {
    id: product._id.toHexString(),
    sku: product.sku,
    name: product.name,
    slug: product.slug,
    description: product.description,
    status: product.status,
    pricing: {
      currency,
      basePrice: { amount: toDecimal(basePrice, currency) },
      salePrice: salePrice === null ? null : { amount: toDecimal(salePrice, currency) },
      taxRate: pricing.taxRate,
      effectivePrice: money(effectivePrice(pricing, null, { quantity: 1, code: null, at }), currency),
    },
    priceRange: { min: money(range.min, currency), max: money(range.max, currency) },
    category: category && {
      id: category._id.toHexString(),
      name: category.name,
      slug: category.slug,
      path: category.path,
    },
    variants: variants.map((variant) => variantOf(product, variant, at)),
    reviewSummary: {
      count: reviews.count,
      average: reviews.average,
      distribution: ([5, 4, 3, 2, 1] as const).map((rating) => ({
        rating,
        count: reviews.distribution[rating],
      })),
      recent: reviews.recent,
    },
    tags: product.tags,
    media: product.media,
    seo: product.seo,
    version: product.version,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  };
}

function variantOf({ pricing }: Product, variant: Variant, at: Date) {
  const price = effectivePrice(pricing, variant.pricing, { quantity: 1, code: null, at });
  const { available } = variant.inventory;
  return {
    id: variant._id.toHexString(),
    sku: variant.sku,
    attributes: Object.entries(variant.attributes).map(([name, value]) => ({ name, value })),
    pricing: { effectivePrice: money(price, pricing.currency) },
    inventory: { available, inStock: available > 0 },
  };
}

function foundRow({ _id, name, slug, pricing, variants, reviews, media }: Product, at: Date) {
  const range = priceRange(pricing, variants, at);
  return {
    id: _id.toHexString(),
    name,
    slug,
    priceRange: { min: money(range.min, pricing.currency), max: money(range.max, pricing.currency) },
    reviewSummary: { count: reviews.count, average: reviews.average },
    media: media.map(({ url, alt }) => ({ url, alt })),
  };
}

function listRow(product: Product, at: Date) {
  const { pricing, variants } = product;
  const { currency, basePrice } = pricing;
  return {
    ...foundRow(product, at),
    variants: variants.map((variant) => {
      const { id, sku, attributes, pricing: own, inventory } = variantOf(product, variant, at);
      const base = { amount: toDecimal(variant.pricing.basePrice ?? basePrice, currency) };
      return { id, sku, attributes, pricing: { basePrice: base, ...own }, inventory };
    }),
  };
}

function figuresRow(row: Figures, currency: string) {
  const amount = (minor: number) => ({ amount: toDecimal(minor, currency) });
  return {
    currency,
    productCount: row.products,
    variantCount: row.variants,
    totalInventory: row.quantity,
    inventoryValue: amount(row.value),
    avgPrice: amount(Math.floor(row.prices / row.products + 0.5)),
    minPrice: amount(row.low ?? 0),
    maxPrice: amount(row.high ?? 0),
    reviewCount: row.reviews,
    averageRating: row.reviews === 0 ? null : row.stars / row.reviews,
  };
}

function tile(
  { name, slug, pricing, variants, reviews, category }: Product,
  descriptions: Map<string, unknown>,
) {
  const { min } = priceRange(pricing, variants, new Date());
  return {
    name,
    slug,
    priceRange: { min: money(min, pricing.currency) },
    reviewSummary: { average: reviews.average, count: reviews.count },
    category: category && { name: category.name, description: descriptions.get(String(category._id)) },
  };
}

async function variablesOf(req: IncomingMessage): Promise<Variables> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString()).variables;
}

const server = createServer(async (req, res) => {
  const answer = answers[req.url ?? ''];
  if (!answer) return void res.writeHead(404).end();
  const body = JSON.stringify({ data: await answer(await variablesOf(req)) });
  res.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close(() => void client.close());
});
