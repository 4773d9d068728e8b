import type { Document } from 'mongodb';
import type { SoughtWord } from './alike.ts';
import { oneOf } from './filter-conditions.ts';
import type { Pins, Sought } from './look-up.ts';

/** Whether a product must have all words of a search or any of the telling ones. */
export type Match = 'all' | 'any';

/** A word of at most so many products is rare: those can all be looked at, and weighed against each other. */
export const RARE = 200;

export const TERM_PATHS = ['keys.nameTerms', 'keys.keywordTerms', 'keys.terms'] as const;

/** Has one of the terms somewhere, by the indexes. */
const anywhere = ({ terms }: Pick<SoughtWord, 'terms'>): Document => ({
  $or: TERM_PATHS.map((path) => ({ [path]: oneOf(terms) })),
});

/**
 * The same of a product that was found otherwise. Written so that no index is used for it: which word leads to the
 * fewest products is known here, and what the database chose for other words would be kept for these.
 */
export const hasOnPath = (path: string, { terms }: SoughtWord): Document => ({
  $nor: [{ [path]: { $nin: terms } }],
});
export const hasAnywhere = ({ terms }: SoughtWord): Document => ({
  $nor: [Object.fromEntries(TERM_PATHS.map((path) => [path, { $nin: terms }]))],
});

const byProducts = (a: SoughtWord, b: SoughtWord) => a.products - b.products;

/** The words that decide: all of them, or of those that the shop has at all the rare ones, or else the rarest. */
export function decidingWords({ words }: Sought, match: Match): SoughtWord[] {
  if (match === 'all') return words;
  const known = words.filter(({ products }) => products > 0).toSorted(byProducts);
  const rare = known.filter(({ products }) => products <= RARE);
  return rare.length > 0 ? rare : known.slice(0, 1);
}

/** The word that leads to the fewest products, and the others. */
export function rarestFirst(words: SoughtWord[], count: 'products' | 'inNames' = 'products') {
  const [rarest, ...others] = words.toSorted((a, b) => a[count] - b[count]);
  return { rarest, others };
}

/** Where no product has all words, fewer may do. */
export const mayDoWithFewer = (sought: Sought) =>
  sought.words.length > 1 && decidingWords(sought, 'any').length > 0;

export const pinnedIds = ({ sku, skuStart, named }: Pins) => [...sku, ...skuStart, ...named];

/** What a product's words must be like. */
export function wordConditions(sought: Sought, match: Match): Document {
  const words = decidingWords(sought, match);
  const { rarest, others } = rarestFirst(words);
  if (!rarest) return { _id: { $in: [] } };
  if (match === 'any') return anywhere({ terms: words.flatMap(({ terms }) => terms) });
  return { $and: [anywhere(rarest), ...others.map(hasAnywhere)] };
}

/** What a product must be like to be found: by its words, or because it is pinned. */
export function searchConditions(sought: Sought, match: Match): Document {
  const pinned = pinnedIds(sought.pins);
  const words = wordConditions(sought, match);
  return pinned.length === 0 ? words : { $or: [{ _id: { $in: pinned } }, words] };
}
