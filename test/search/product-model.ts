import type { NewProduct } from '../../src/domains/catalogue/product-document.ts';
import type { NewCategory } from './generated-catalogue.ts';

/** What a list should hold, worked out in memory from the same products: slow, and plain to see. */

export type ModelFilter = {
  categoryId?: string;
  includeDescendants?: boolean;
  tagsIn?: string[];
  tagsAll?: string[];
  price?: { min?: string; max?: string };
  inStock?: boolean;
  minRating?: number;
  attributes?: { name: string; in: string[] }[];
  status?: string[];
  createdAfter?: string;
  createdBefore?: string;
  includeDeleted?: boolean;
};

export function modelKeeps(product: NewProduct, filter: ModelFilter, categories: NewCategory[]): boolean {
  const { tags, variants, reviews, createdAt } = product;
  const category = categories.find(({ _id }) => product.category?._id.equals(_id));
  const within = category ? [category._id, ...category.ancestorIds].map(String) : [];
  const cents = (amount: string) => Math.round(Number(amount) * 100);
  const checks = {
    deleted: filter.includeDeleted || !product.isDeleted,
    status: (filter.status?.length ? filter.status : ['ACTIVE']).includes(product.status),
    category:
      filter.categoryId === undefined ||
      (filter.includeDescendants === false
        ? within[0] === filter.categoryId
        : within.includes(filter.categoryId)),
    tagsIn: !filter.tagsIn?.length || filter.tagsIn.some((tag) => tags.includes(tag)),
    tagsAll: (filter.tagsAll ?? []).every((tag) => tags.includes(tag)),
    min: filter.price?.min === undefined || product.keys.price >= cents(filter.price.min),
    max: filter.price?.max === undefined || product.keys.price <= cents(filter.price.max),
    currency:
      (filter.price?.min === undefined && filter.price?.max === undefined) ||
      product.pricing.currency === 'USD',
    inStock:
      filter.inStock === undefined ||
      variants.some(({ inventory, backorder }) => inventory.available > 0 || backorder) === filter.inStock,
    rating: filter.minRating === undefined || (reviews.average ?? 0) >= filter.minRating,
    attributes:
      !filter.attributes?.length ||
      variants.some(({ attributes }) =>
        filter.attributes?.every(
          ({ name, in: values }) => values.length === 0 || values.includes(attributes[name] ?? ''),
        ),
      ),
    after: filter.createdAfter === undefined || createdAt >= new Date(filter.createdAfter),
    before: filter.createdBefore === undefined || createdAt < new Date(filter.createdBefore),
  };
  return Object.values(checks).every(Boolean);
}

const hex = ({ _id }: NewProduct) => _id.toHexString();
const compare = <V extends string | number>(a: V, b: V) => (a < b ? -1 : a > b ? 1 : 0);

const VALUES: Record<string, [(product: NewProduct) => string | number, 1 | -1]> = {
  NEWEST: [({ createdAt }) => createdAt.getTime(), -1],
  OLDEST: [({ createdAt }) => createdAt.getTime(), 1],
  PRICE_ASC: [({ keys }) => keys.price, 1],
  PRICE_DESC: [({ keys }) => keys.price, -1],
  NAME_ASC: [({ name }) => name.toLowerCase(), 1],
  NAME_DESC: [({ name }) => name.toLowerCase(), -1],
  RATING_DESC: [({ reviews }) => reviews.average ?? 0, -1],
  BEST_SELLING: [({ soldRecently }) => soldRecently, -1],
};

export const SORTS = Object.keys(VALUES);

export function modelOrder(products: NewProduct[], sort: string): NewProduct[] {
  const [keyOf, direction] = VALUES[sort] ?? [hex, 1];
  return products.toSorted((a, b) => direction * (compare(keyOf(a), keyOf(b)) || compare(hex(a), hex(b))));
}
