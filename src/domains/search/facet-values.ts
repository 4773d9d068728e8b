import type { Facet, FacetValue, ProductFilter } from '../../schema.types.ts';
import { formatMoney, toDecimal } from '../pricing/money.ts';
import type { Counted, CountedAttribute, CountedCategory, FacetRows } from './facet-counts.ts';
import type { FacetSource } from './facets.ts';
import { priceRanges } from './price-ranges.ts';

/** Counts of some facets, and whether they are those of all products at this moment. */
export type CountedRows = FacetRows & { isExact: boolean };

/** The counts as a shop shows them; a facet without choices is left out. */
export function facetsOf(counted: CountedRows[], source: FacetSource): Facet[] {
  const plain = PLAIN.flatMap(({ key, label, valuesOf }) =>
    counted.map((rows) => ({ key, label, countsAreExact: rows.isExact, values: valuesOf(rows, source) })),
  );
  const byAttribute = counted.flatMap(({ attributes = [], isExact }) =>
    attributes.map((attribute) => ({
      key: `attribute.${attribute._id}`,
      label: attribute._id,
      countsAreExact: isExact,
      values: attributeValues(attribute, source),
    })),
  );
  return [...plain, ...byAttribute].filter(({ values }) => values.length > 0);
}

type PlainFacet = {
  key: string;
  label: string;
  valuesOf: (rows: FacetRows, source: FacetSource) => FacetValue[];
};

const PLAIN: PlainFacet[] = [
  {
    key: 'category',
    label: 'Category',
    valuesOf: ({ category = [] }, source) => categoryValues(category, source),
  },
  { key: 'tag', label: 'Tag', valuesOf: ({ tag = [] }, source) => tagValues(tag, source) },
  { key: 'price', label: 'Price', valuesOf: ({ price = [] }, source) => priceValues(price, source) },
  { key: 'rating', label: 'Rating', valuesOf: ({ rating = [] }, source) => ratingValues(rating, source) },
];

/** The filter as it came, with another choice in one facet, to be given back as it is. */
function refilled({ input }: FacetSource, choice: Partial<ProductFilter>): Record<string, unknown> {
  const entries = Object.entries({ ...input, ...choice }).filter(([, value]) => value != null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
}

function categoryValues(rows: CountedCategory[], source: FacetSource): FacetValue[] {
  const { within, category: chosen } = source.filter;
  return rows.flatMap(({ _id, count, category: [category] }) => {
    if (!category || (within && !category.ancestorIds.some((id) => id.equals(within)))) return [];
    return [
      {
        label: category.path.join(' › '),
        count,
        selected: chosen?.equals(_id) ?? false,
        filter: refilled(source, { categoryId: _id.toHexString(), categorySlug: null }),
      },
    ];
  });
}

const tagValues = (rows: Counted<string>[], source: FacetSource): FacetValue[] =>
  rows.map(({ _id: tag, count }) => ({
    label: tag,
    count,
    selected: source.filter.tagsIn.includes(tag) || source.filter.tagsAll.includes(tag),
    filter: refilled(source, { tagsIn: [tag], tagsAll: null }),
  }));

function priceValues(prices: Counted<number>[], source: FacetSource): FacetValue[] {
  const { price: chosen, currency } = source.filter;
  const { locale } = source.reader.shop.settings;
  return priceRanges(prices.map(({ _id: price, count }) => ({ price, count }))).map(
    ({ min, max, count }) => ({
      label: `${formatMoney(min, currency, locale)} – ${formatMoney(max, currency, locale)}`,
      count,
      selected: chosen.min === min && chosen.max === max,
      filter: refilled(source, { price: { min: toDecimal(min, currency), max: toDecimal(max, currency) } }),
    }),
  );
}

const LOWEST_RATINGS = [4, 3, 2, 1];

function ratingValues(rows: Counted<number>[], source: FacetSource): FacetValue[] {
  return LOWEST_RATINGS.map((rating) => ({
    label: `${rating}+`,
    count: rows.reduce((sum, row) => sum + (row._id >= rating ? row.count : 0), 0),
    selected: source.filter.minRating === rating,
    filter: refilled(source, { minRating: rating }),
  })).filter(({ count }) => count > 0);
}

function attributeValues({ _id: name, values }: CountedAttribute, source: FacetSource): FacetValue[] {
  const others = (source.input.attributes ?? []).filter((attribute) => attribute.name !== name);
  const chosen = source.filter.attributes.filter((attribute) => attribute.name === name);
  return values.map(({ value, count }) => ({
    label: value,
    count,
    selected: chosen.some((attribute) => attribute.in.includes(value)),
    filter: refilled(source, { attributes: [...others, { name, in: [value] }] }),
  }));
}
