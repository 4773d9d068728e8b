import type { Document } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { vocabulary } from '../catalogue/collections.ts';
import type { VocabularyTerm } from '../catalogue/documents.ts';
import { slipsAllowed, slipsBetween, typoKeys } from '../catalogue/spelling.ts';
import type { Word } from '../catalogue/words.ts';

/** One word of a search: the terms any of which will do, and about how many products have one, and in their name. */
export type SoughtWord = { terms: string[]; products: number; inNames: number };

/** A range, and not a pattern: what is typed stays text. */
export const beginningWith = (text: string) => ({ $gte: text, $lt: `${text}\uffff` });

type AlikeRow = Pick<VocabularyTerm, 'term' | 'words' | 'products' | 'inNames'> & {
  sought: string;
  begins: boolean;
};

/** For words that the shop does not have: those that begin so, or else the nearest to what was typed. */
export async function findAlike(
  db: TenantDb,
  words: Word[],
  isUnknown: (word: Word) => boolean,
): Promise<Map<string, SoughtWord>> {
  const unknown = words.filter(isUnknown);
  const [first, ...others] = unknown.flatMap((word) => alikeBranches(word, word === words.at(-1)));
  if (!first) return new Map();
  const unions = others.map((pipeline) => ({ $unionWith: { coll: vocabulary.name, pipeline } }));
  const rows = await db.collection(vocabulary).aggregate<AlikeRow>([...first, ...unions]);
  const bySought = Map.groupBy(rows, ({ sought }) => sought);
  return new Map(unknown.map((word) => [word.term, soughtAs(word, bySought.get(word.term) ?? [])]));
}

const MOST_BEGINNINGS = 20;
const MOST_NEIGHBOURS = 500;
const INDEXED_STARTS = 3;
const TOO_SHORT_TO_GO_ON = 2;

function alikeBranches(word: Word, isLast: boolean): Document[][] {
  const slips = slipsAllowed(word.text);
  const keys = [...new Set([word.text, word.term].flatMap((form) => typoKeys(form, slips)))];
  const shape = (begins: boolean) => [
    { $project: { _id: 0, term: 1, words: 1, products: 1, inNames: 1 } },
    { $set: { sought: { $literal: word.term }, begins } },
  ];
  return [
    ...(isLast || word.text.length > TOO_SHORT_TO_GO_ON
      ? [[...beginningStages(word.text, MOST_BEGINNINGS), ...shape(true)]]
      : []),
    ...(slips > 0
      ? [[{ $match: { typoKeys: { $in: keys } } }, { $limit: MOST_NEIGHBOURS }, ...shape(false)]]
      : []),
  ];
}

/** The terms of words that begin so, those in most names first. */
export function beginningStages(text: string, most: number, also: Document = {}): Document[] {
  const mostNamed = { $sort: { inNames: -1, products: -1, _id: 1 } };
  const limit = { $limit: most };
  if (text.length <= INDEXED_STARTS) return [{ $match: { starts: text, ...also } }, mostNamed, limit];
  const begin = { words: { $elemMatch: beginningWith(text) }, ...also };
  return [{ $match: begin }, { $limit: MOST_NEIGHBOURS }, mostNamed, limit];
}

const MOST_CORRECTIONS = 3;

/** The word itself stays among the terms: a product may have it that the vocabulary has not heard of yet. */
function soughtAs(word: Word, rows: AlikeRow[]): SoughtWord {
  const begin = rows.filter(({ begins }) => begins);
  const found = begin.length > 0 ? begin : nearest(word, rows);
  const terms = [...new Set([word.term, ...found.map(({ term }) => term)])];
  const sum = (count: 'products' | 'inNames') => found.reduce((all, row) => all + row[count], 0);
  return { terms, products: sum('products'), inNames: sum('inNames') };
}

/** The words with the fewest slips, at most as many as the length of the typed one allows. */
function nearest(word: Word, rows: AlikeRow[]): AlikeRow[] {
  const most = slipsAllowed(word.text);
  const slips = ({ term, words }: AlikeRow) =>
    Math.min(
      slipsBetween(word.term, term, most),
      ...words.map((form) => slipsBetween(word.text, form, most)),
    );
  const measured = rows.map((row) => ({ row, slips: slips(row) }));
  const least = Math.min(most, ...measured.map((one) => one.slips));
  return measured
    .filter((one) => one.slips === least)
    .map(({ row }) => row)
    .toSorted((a, b) => b.products - a.products)
    .slice(0, MOST_CORRECTIONS);
}
