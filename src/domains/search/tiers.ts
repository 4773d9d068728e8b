import type { Document } from 'mongodb';
import type { SoughtWord } from './alike.ts';
import { matchOf, oneOf } from './filter-conditions.ts';
import type { Sought } from './look-up.ts';
import {
  anywhere,
  decidingWords,
  type Match,
  pinnedIds,
  RARE,
  rarestWord,
  searchConditions,
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

/** Few enough products to sort them when they are found, where no index stands in the order asked for. */
const FEW = 2_000;

/** Whether the products found are few enough to be weighed against each other, or sorted, one by one. */
export function areFew(sought: Sought, match: Match, sort: StoredOrder | 'RELEVANCE'): boolean {
  return (rarestWord(sought, match)?.products ?? 0) <= (sort === 'RELEVANCE' ? RARE : FEW);
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

/** At most so many, the best liked where there are more: what comes after it is bounded, whatever was counted. */
const candidates = (asked: Asked, most: number, ...conditions: Document[]): Document[] => [
  matching(asked, ...conditions),
  { $sort: { [RANK]: -1, _id: -1 } },
  { $limit: most },
];

function sortedPlan(asked: Asked, few: boolean, sort: StoredOrder): Plan {
  const { path, direction } = ORDERS[sort];
  const found = searchConditions(asked.sought, asked.match);
  if (few) return { tiers: [{ id: 0, stages: candidates(asked, 2 * FEW, found), path }], direction };
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
  const found = candidates(
    asked,
    2 * RARE * sought.words.length,
    wordConditions(sought, match),
    ...notPinned(asked),
  );
  return { id: 1, stages: [...found, { $set: { [SCORE]: scoreOf(sought.words) } }], path: SCORE };
}

/**
 * Common words are read from an index in the order of rank, so that a page costs the same however many products have
 * them: first those with all words in the name, then by where the rarest word stands.
 */
function rankedTiers(asked: Asked): Tier[] {
  const words = decidingWords(asked.sought, asked.match);
  const rarest = rarestWord(asked.sought, asked.match);
  if (!rarest) return [];
  const inName = words.map(({ terms }) => ({ 'keys.nameTerms': oneOf(terms) }));
  const others = words.filter((word) => word !== rarest).map(({ terms }) => anywhere(terms));
  const tier = (id: number, ...conditions: Document[]): Tier => ({
    id,
    stages: [matching(asked, ...conditions, ...notPinned(asked))],
    path: RANK,
  });
  return [
    tier(1, leading('keys.nameTerms', rarest), ...inName),
    ...(others.length > 0
      ? [tier(2, leading('keys.nameTerms', rarest), ...others, { $nor: [{ $and: inName }] })]
      : []),
    tier(3, leading('keys.keywordTerms', rarest), absent('keys.nameTerms', rarest), ...others),
    tier(
      4,
      leading('keys.terms', rarest),
      absent('keys.nameTerms', rarest),
      absent('keys.keywordTerms', rarest),
      ...others,
    ),
  ];
}

const leading = (path: string, { terms }: SoughtWord): Document => ({ [path]: oneOf(terms) });
const absent = (path: string, { terms }: SoughtWord): Document => ({ [path]: { $nin: terms } });
