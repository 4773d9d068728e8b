import type { ObjectId } from 'mongodb';
import { badInput, forbidden } from '../../platform/errors.ts';
import type { InputMaybe, ProductFilter } from '../../schema.types.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { ProductStatus } from '../catalogue/documents.ts';
import { toMinor } from '../pricing/money.ts';
import type { Tenant } from '../tenants/collections.ts';

/** Who reads a list, and of which shop. */
export type Reader = { viewer: Viewer; shop: Tenant };

type AttributeChoice = { name: string; in: string[] };

/** A filter whose every value has been looked at; nothing in it can become an operator. */
export type CheckedFilter = {
  isDeleted: boolean[];
  statuses: ProductStatus[];
  /** The category that the list belongs to, whatever else is asked. */
  within: ObjectId | null;
  category: ObjectId | null;
  includeDescendants: boolean;
  tagsIn: string[];
  tagsAll: string[];
  /** In minor units of `currency`. */
  price: { min: number | null; max: number | null };
  currency: string;
  inStock: boolean | null;
  minRating: number | null;
  attributes: AttributeChoice[];
  createdAfter: Date | null;
  createdBefore: Date | null;
};

export type CategoryChoice = { within: ObjectId | null; category: ObjectId | null };

const STAFF = 'catalogue:read';

/** Checks a filter, and who may ask for it; the category has been looked up before. */
export function readFilter(
  input: ProductFilter,
  { within, category }: CategoryChoice,
  { viewer, shop }: Reader,
): CheckedFilter {
  const statuses = readList<ProductStatus>(input.status, ['ACTIVE']);
  const staffOnly = input.includeDeleted === true || statuses.some((status) => status !== 'ACTIVE');
  if (staffOnly && !viewer.may(STAFF)) throw forbidden(STAFF);
  const { currency } = shop.settings;
  return {
    isDeleted: input.includeDeleted ? [false, true] : [false],
    statuses,
    within,
    category,
    includeDescendants: input.includeDescendants ?? true,
    tagsIn: readList(input.tagsIn),
    tagsAll: readList(input.tagsAll),
    price: readPrices(input.price, currency),
    currency,
    inStock: input.inStock ?? null,
    minRating: readRating(input.minRating),
    attributes: readList(input.attributes).flatMap(readAttribute),
    ...readDates(input),
  };
}

/** Each value once; an empty list chooses nothing, like one that is absent. */
const readList = <T>(values: InputMaybe<T[]> | undefined, otherwise: T[] = []): T[] =>
  values && values.length > 0 ? [...new Set(values)] : otherwise;

function readPrices(range: ProductFilter['price'], currency: string): CheckedFilter['price'] {
  const min = range?.min == null ? null : toMinor(range.min, currency, 'filter.price.min');
  const max = range?.max == null ? null : toMinor(range.max, currency, 'filter.price.max');
  if (min !== null && max !== null && min > max) {
    throw badInput(
      `A range of prices goes from low to high, not from ${range?.min} to ${range?.max}`,
      'filter.price',
    );
  }
  return { min, max };
}

function readRating(minRating: ProductFilter['minRating']): number | null {
  if (minRating == null) return null;
  if (minRating >= 1 && minRating <= 5) return minRating;
  throw badInput(`A rating is 1 to 5, not ${minRating}`, 'filter.minRating');
}

function readDates({ createdAfter = null, createdBefore = null }: ProductFilter) {
  if (createdAfter && createdBefore && createdAfter > createdBefore) {
    const [after, before] = [createdAfter.toISOString(), createdBefore.toISOString()];
    throw badInput(`Nothing is made after ${after} and before ${before}`, 'filter.createdAfter');
  }
  return { createdAfter, createdBefore };
}

const MOST_LETTERS = 100;

/** The name becomes part of a path in the document, so it must be a single, plain step of one. */
function readAttribute({ name, in: values }: AttributeChoice, index: number): AttributeChoice[] {
  if (name === '' || name.length > MOST_LETTERS || /[$.\0]/.test(name) || name === '__proto__') {
    throw badInput(
      `An attribute's name has 1 to ${MOST_LETTERS} letters, none of them a dot, a dollar sign or NUL`,
      `filter.attributes.${index}.name`,
    );
  }
  const chosen = readList(values);
  return chosen.length === 0 ? [] : [{ name, in: chosen }];
}
