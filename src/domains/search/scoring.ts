import type { Document } from 'mongodb';
import type { SoughtWord } from './alike.ts';
import type { Pins } from './look-up.ts';

/** What a word counts for in the name, among keywords, tags, categories and attributes, and in the description. */
const WEIGHTS = [
  ['$keys.nameTerms', 10],
  ['$keys.keywordTerms', 5],
  ['$keys.terms', 1],
] as const;
/** One more word is worth more than any place of the others. */
const PER_WORD = 100;
const WHOLE_NAME = 5;
const RANK_SHARE = 0.1;

/** How well a product answers a search; ranks decide between those that answer it equally well. */
export const scoreOf = (words: SoughtWord[]): Document => ({
  $add: [...words.map(weightOf), closeness(words), { $multiply: ['$keys.rank', RANK_SHARE] }],
});

const weightOf = ({ terms }: SoughtWord): Document => ({
  $switch: {
    branches: WEIGHTS.map(([path, weight]) => ({
      case: { $gt: [sharedTerms(path, terms), 0] },
      // biome-ignore lint/suspicious/noThenProperty: it is how MongoDB writes a branch
      then: PER_WORD + weight,
    })),
    default: 0,
  },
});

/** The share of the name that was asked for: "Oak shelf" is closer to "shelf" than "Oak shelf bracket set". */
const closeness = (words: SoughtWord[]): Document => ({
  $multiply: [
    WHOLE_NAME,
    {
      $divide: [
        sharedTerms(
          '$keys.nameTerms',
          words.flatMap(({ terms }) => terms),
        ),
        { $max: [1, { $size: '$keys.nameTerms' }] },
      ],
    },
  ],
});

// $literal: a word is never read as a path or an operator.
const sharedTerms = (path: string, terms: string[]): Document => ({
  $size: { $setIntersection: [path, { $literal: terms }] },
});

/** Pinned products by why they are, then by rank. */
export const pinScore = ({ sku, skuStart }: Pins): Document => ({
  $add: [
    { $cond: [{ $in: ['$_id', sku] }, 2 * PER_WORD, { $cond: [{ $in: ['$_id', skuStart] }, PER_WORD, 0] }] },
    '$keys.rank',
  ],
});
