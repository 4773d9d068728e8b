import type { GraphQLResolveInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Document } from 'mongodb';
import { selectedFields } from '../../platform/graphql/selection.ts';

/** What every read brings along: the document's id, and what decides whether it may be shown. */
const ALWAYS = ['tenantId', 'status'];

/**
 * Which parts of the stored document each field of Product is answered from. Whole top-level parts, but where a
 * dotted path saves an array or a long text.
 */
const PARTS: Record<string, string[]> = {
  id: [],
  sku: ['sku'],
  name: ['name'],
  slug: ['slug'],
  canonicalSlug: ['slug'],
  description: ['description'],
  status: ['status'],
  pricing: ['pricing'],
  priceRange: ['pricing', 'variants.pricing'],
  lowestPrice30Days: ['pricing', 'variants.pricing'],
  category: ['category', 'categoryIds'],
  variants: ['variants', 'pricing'],
  variant: ['variants', 'pricing'],
  options: ['variants.attributes'],
  availability: ['variants.inventory', 'variants.backorder'],
  reviewSummary: ['reviews'],
  reviews: [],
  history: [],
  soldRecently: ['soldRecently'],
  tags: ['tags'],
  searchKeywords: ['searchKeywords'],
  media: ['media'],
  seo: ['seo'],
  version: ['version'],
  createdAt: ['createdAt'],
  updatedAt: ['updatedAt'],
  createdBy: ['createdBy'],
  updatedBy: ['updatedBy'],
  deletedAt: ['deletedAt'],
};

/** The reviews in short, which are the longest part of many a product, are read only for those who show them. */
const REVIEW_COUNTS = ['reviews.count', 'reviews.average', 'reviews.distribution'];

const projections = new WeakMap<ReadonlySet<string>, Document>();

/** The parts of the product document that the fields asked for need; `paths` as in selectedFields. */
export function productProjection(info: GraphQLResolveInfo, ...paths: string[]): Document {
  const fields = selectedFields(info, ...paths);
  const known = projections.get(fields);
  if (known) return known;
  const summaries = paths.length === 0 ? ['reviewSummary'] : paths.map((path) => `${path}.reviewSummary`);
  const projection = projectionOf(fields, selectedFields(info, ...summaries));
  projections.set(fields, projection);
  return projection;
}

/** `ofReviews` are the fields asked for below reviewSummary. */
export function projectionOf(fields: ReadonlySet<string>, ofReviews: ReadonlySet<string>): Document {
  const asked = [...fields].filter((field) => !field.startsWith('__'));
  return interned([
    ...ALWAYS,
    ...asked.flatMap((field) =>
      field === 'reviewSummary' && !ofReviews.has('recent') ? REVIEW_COUNTS : partsOf(field),
    ),
  ]);
}

function partsOf(field: string): string[] {
  const parts = PARTS[field];
  if (!parts) throw new Error(`product-fields.ts does not say what Product.${field} is answered from`);
  return parts;
}

/** One projection for all that several need. */
export function joinProjections(projections: readonly Document[]): Document {
  const [first, ...others] = projections;
  return first && others.every((other) => other === first)
    ? first
    : interned(projections.flatMap(Object.keys));
}

const names = new WeakMap<Document, string>();

/** The same text for the same parts. */
export const projectionName = (projection: Document): string =>
  names.get(projection) ?? Object.keys(projection).sort().join();

/** As there are as many projections as ways to ask, only the latest are kept. */
const kept = new LRUCache<string, Document>({ max: 1_000 });

/** One object for the same parts, so that a query that was seen before needs no work for its projections. */
function interned(parts: readonly string[]): Document {
  const paths = new Set(parts);
  // MongoDB refuses a path beside its own beginning.
  const covered = (path: string) => path.includes('.') && paths.has(path.slice(0, path.indexOf('.')));
  const needed = [...paths].filter((path) => !covered(path)).sort();
  const name = needed.join();
  const known = kept.get(name);
  if (known) return known;
  const projection = Object.fromEntries(needed.map((path) => [path, 1]));
  names.set(projection, name);
  kept.set(name, projection);
  return projection;
}
