import type { Document, ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products, vocabulary } from '../catalogue/collections.ts';
import type { VocabularyTerm } from '../catalogue/documents.ts';
import { foldName } from '../catalogue/search-terms.ts';
import { hasLetters, type Word } from '../catalogue/words.ts';
import { beginningWith, findAlike, type SoughtWord } from './alike.ts';
import { shownOf } from './filter-conditions.ts';
import type { CheckedFilter } from './product-filter.ts';
import type { SearchText } from './search-text.ts';

/** Products that come first, whatever their words: with this very sku, with a sku that begins so, of this very name. */
export type Pins = Record<PinKind, ObjectId[]>;
export type PinKind = 'sku' | 'skuStart' | 'named';

export type Sought = { words: SoughtWord[]; pins: Pins };

/** What to look for: one command, and a second one where a word is not in the vocabulary. */
export async function lookUp(db: TenantDb, search: SearchText, filter: CheckedFilter): Promise<Sought> {
  const terms = search.words.map(({ term }) => term);
  const found = await db
    .collection(vocabulary)
    .aggregate<FirstRow>([
      { $match: { term: { $in: terms } } },
      { $project: { _id: 0, term: 1, products: 1, inNames: 1 } },
      ...pinStages(search.text, filter),
    ]);
  const known = new Map(found.flatMap((row) => ('term' in row ? [[row.term, row]] : [])));
  const isUnknown = ({ term }: Word) => !known.has(term) && hasLetters(term);
  const alike = await findAlike(db, search.words, isUnknown);
  return {
    words: search.words.map(
      ({ term }) => alike.get(term) ?? { products: 0, inNames: 0, ...known.get(term), terms: [term] },
    ),
    pins: pinsOf(found),
  };
}

type TermRow = Pick<VocabularyTerm, 'term' | 'products' | 'inNames'>;
type PinRow = { _id: ObjectId; pin: PinKind };
type FirstRow = TermRow | PinRow;

const MOST_PINS = 50;
const LONGEST_SKU = 64;

/** Skus are compared as typed, and in capital and small letters. */
function pinStages(text: string, filter: CheckedFilter): Document[] {
  const forms = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  const starts = forms.map((form) => ({ 'keys.skus': { $elemMatch: beginningWith(form) } }));
  const bySku = text.length <= LONGEST_SKU;
  return [
    ...(bySku ? [pinStage('sku', { 'keys.skus': { $in: forms }, isDeleted: false }, forms.length)] : []),
    ...(bySku && text.length > 1 ? [pinStage('skuStart', { $or: starts, isDeleted: false }, MOST_PINS)] : []),
    pinStage('named', { 'keys.name': foldName(text), ...shownOf(filter) }, MOST_PINS),
  ];
}

const pinStage = (pin: PinKind, $match: Document, $limit: number): Document => ({
  $unionWith: { coll: products.name, pipeline: [{ $match }, { $limit }, { $project: { pin } }] },
});

function pinsOf(rows: FirstRow[]): Pins {
  const pins: Pins = { sku: [], skuStart: [], named: [] };
  for (const row of rows) if ('pin' in row) pins[row.pin].push(row._id);
  return pins;
}
