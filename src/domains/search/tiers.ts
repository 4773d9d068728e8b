import type { Document } from 'mongodb';
import type { SoughtWord } from './alike.ts';
import { matchOf, oneOf } from './filter-conditions.ts';
import type { Sought } from './look-up.ts';
import {
  decidingWords,
  hasAnywhere,
  hasOnPath,
  type Match,
  pinnedIds,
  RARE,
  rarestFirst,
  searchConditions,
  TERM_PATHS,
  wordConditions,
} from './matching.ts';
import { indexOf, ORDERS, type StoredOrder } from './orders.ts';
import type { CheckedFilter } from './product-filter.ts';
import { pinScore, scoreOf } from './scoring.ts';

/** What finds products, in an order of their own; those of a later tier come after all of an earlier one. */
export type Tier = { id: number; stages: Document[]; path: string };

export type Plan = { tiers: Tier[]; direction: 1 | -1; hint?: string };

/** What a search asks: its words, and all else that must hold. */
export type Asked = { sought: Sought; match: Match; filter: CheckedFilter };

/** Few enough products to look at all of them, because most will not have the other words, or to sort them. */
const FEW = 2_000;

/** Whether the products with the rarest word are few enough to weigh, or sort, those that have the others too. */
export function areFew(sought: Sought, match: Match, sort: StoredOrder | 'RELEVANCE'): boolean {
  const { rarest, others } = rarestFirst(decidingWords(sought, match));
  const most = sort === 'RELEVANCE' && others.length === 0 ? RARE : FEW;
  return (rarest?.products ?? 0) <= most;
}

export function searchPlan(asked: Asked, few: boolean, sort: StoredOrder | 'RELEVANCE'): Plan {
  if (sort !== 'RELEVANCE') return sortedPlan(asked, few, sort);
  const tiers = [pinnedTier(asked), ...(few ? [weighedTier(asked)] : rankedTiers(asked))];
  return { tiers: tiers.filter((tier) => tier !== null), direction: -1 };
}

const RANK = 'keys.rank';
const SCORE = 'found.score';

const matching = ({ filter }: Asked, ...conditions: Document[]): Document => ({
  $match: matchOf(filter, conditions),
});

/** The best liked where there are more than was counted: what comes after it is bounded. */
const candidates = (asked: Asked, ...conditions: Document[]): Document[] => [
  matching(asked, ...conditions),
  { $sort: { [RANK]: -1, _id: -1 } },
  { $limit: 2 * FEW },
];

function sortedPlan(asked: Asked, few: boolean, sort: StoredOrder): Plan {
  const { path, direction } = ORDERS[sort];
  const found = searchConditions(asked.sought, asked.match);
  if (few) return { tiers: [{ id: 0, stages: candidates(asked, found), path }], direction };
  const hint = indexOf(ORDERS[sort], asked.filter);
  return { tiers: [{ id: 0, stages: [matching(asked, found)], path }], direction, hint };
}

function pinnedTier(asked: Asked): Tier | null {
  const { pins } = asked.sought;
  const ids = pinnedIds(pins);
  if (ids.length === 0) return null;
  const stages = [matching(asked, { _id: { $in: ids } }), { $set: { [SCORE]: pinScore(pins) } }];
  return { id: 0, stages, path: SCORE };
}

function notPinned({ sought }: Asked): Document[] {
  const ids = pinnedIds(sought.pins);
  return ids.length === 0 ? [] : [{ _id: { $nin: ids } }];
}

function weighedTier(asked: Asked): Tier {
  const { sought, match } = asked;
  const found = candidates(asked, wordConditions(sought, match), ...notPinned(asked));
  return { id: 1, stages: [...found, { $set: { [SCORE]: scoreOf(sought.words) } }], path: SCORE };
}

/**
 * Common words are read from an index in the order of rank, so that a page costs the same however many products have
 * them: first those with all words in the name, then by where the rarest word stands.
 */
function rankedTiers(asked: Asked): Tier[] {
  const words = decidingWords(asked.sought, asked.match);
  const { rarest, others } = rarestFirst(words);
  const names = rarestFirst(words, 'inNames');
  if (!rarest || !names.rarest) return [];
  const elsewhere = others.map(hasAnywhere);
  const tier = (id: number, ...conditions: Document[]): Tier => ({
    id,
    stages: [matching(asked, ...conditions, ...notPinned(asked))],
    path: RANK,
  });
  const inName = names.others.map((word) => hasOnPath(NAME, word));
  const notAllInName = { $nor: [{ $and: words.map((word) => hasOnPath(NAME, word)) }] };
  return [
    tier(1, leading(NAME, names.rarest), ...inName),
    ...(others.length > 0 ? [tier(2, leading(NAME, rarest), ...elsewhere, notAllInName)] : []),
    tier(3, leading(KEYWORDS, rarest), ...absent(NAME, rarest), ...elsewhere),
    tier(4, leading(DESCRIPTION, rarest), ...absent(NAME, rarest), ...absent(KEYWORDS, rarest), ...elsewhere),
  ];
}

const [NAME, KEYWORDS, DESCRIPTION] = TERM_PATHS;
const leading = (path: string, { terms }: SoughtWord): Document => ({ [path]: oneOf(terms) });
/** A term stands in one place of a product only; of several terms, each may stand in another. */
const absent = (path: string, { terms }: SoughtWord): Document[] =>
  terms.length === 1 ? [] : [{ [path]: { $nin: terms } }];
