import type { GraphQLResolveInfo } from 'graphql';
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
  availability: ['variants.inventory'],
  reviewSummary: ['reviews'],
  reviews: [],
  history: [],
  tags: ['tags'],
  searchKeywords: ['searchKeywords'],
  media: ['media'],
  seo: ['seo'],
  version: ['version'],
  createdAt: ['createdAt'],
  updatedAt: ['updatedAt'],
  deletedAt: ['deletedAt'],
};

const projections = new WeakMap<ReadonlySet<string>, Document>();

/** The parts of the product document that the fields asked for need; `paths` as in selectedFields. */
export const productProjection = (info: GraphQLResolveInfo, ...paths: string[]): Document =>
  projectionOf(selectedFields(info, ...paths));

export function projectionOf(fields: ReadonlySet<string>): Document {
  const known = projections.get(fields);
  if (known) return known;
  const asked = [...fields].filter((field) => !field.startsWith('__')).flatMap(partsOf);
  const projection = joinProjections([Object.fromEntries([...ALWAYS, ...asked].map((path) => [path, 1]))]);
  projections.set(fields, projection);
  return projection;
}

function partsOf(field: string): string[] {
  const parts = PARTS[field];
  if (!parts) throw new Error(`product-fields.ts does not say what Product.${field} is answered from`);
  return parts;
}

/** One projection for all that several need; MongoDB refuses a path beside its own beginning. */
export function joinProjections(projections: readonly Document[]): Document {
  const paths = new Set(projections.flatMap(Object.keys));
  const covered = (path: string) => path.includes('.') && paths.has(path.slice(0, path.indexOf('.')));
  return Object.fromEntries([...paths].filter((path) => !covered(path)).map((path) => [path, 1]));
}
