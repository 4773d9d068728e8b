import { LRUCache } from 'lru-cache';
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

/** What to look for: one command, none where the same was searched just before, a second one for words that are unknown. */
export async function lookUp(db: TenantDb, search: SearchText, filter: CheckedFilter): Promise<Sought> {
  const found = await remembered(db, search, filter);
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

const KEPT_MS = 5_000;
const kept = new LRUCache<string, { found: FirstRow[]; until: Date }>({ max: 10_000 });

/** Words that many search are not looked up for each of them: what makes a product come first may be so old. */
async function remembered(db: TenantDb, search: SearchText, filter: CheckedFilter): Promise<FirstRow[]> {
  const key = JSON.stringify([db.tenantId, search.text, shownOf(filter)]);
  const now = db.nowUntil(() => null);
  const before = kept.get(key);
  if (before && before.until > now) {
    db.nowUntil(() => before.until);
    return before.found;
  }
  const found = await findFirst(db, search, filter);
  const areKnown = search.words.every(({ term }) => found.some((row) => 'term' in row && row.term === term));
  if (areKnown && isPlain(search.text)) kept.set(key, { found, until: new Date(now.getTime() + KEPT_MS) });
  return found;
}

/** Letters and blanks alone, and so hardly a sku. */
const isPlain = (text: string) => /^[\p{L}\p{M}\s]*$/u.test(text);

const findFirst = (db: TenantDb, { text, words }: SearchText, filter: CheckedFilter): Promise<FirstRow[]> =>
  db
    .collection(vocabulary)
    .aggregate<FirstRow>([
      { $match: { term: { $in: words.map(({ term }) => term) } } },
      { $project: { _id: 0, term: 1, products: 1, inNames: 1 } },
      ...pinStages(text, filter),
    ]);

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
