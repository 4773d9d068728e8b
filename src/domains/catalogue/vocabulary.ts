import { type Document, ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products, vocabulary } from './collections.ts';
import type { VocabularyTerm } from './documents.ts';
import { isActive } from './products.ts';
import { type SearchTexts, searchWords } from './search-terms.ts';
import { storedTypoKeys } from './spelling.ts';
import { hasLetters, type Word } from './words.ts';

const BATCH = 500;
/** A term is written in more than one way: shoe, shoes. */
const MOST_FORMS = 4;
const FORMS_FROM = 4;
const TEXTS = {
  name: 1,
  searchKeywords: 1,
  tags: 1,
  'category.path': 1,
  description: 1,
  'variants.attributes': 1,
};

/**
 * Adds the words of active products that the shop does not have yet; called after products were written. Nothing that
 * is there is touched, so writers never wait for each other; the counts follow with refreshVocabulary.
 */
export async function learnWords(db: TenantDb, active: readonly SearchTexts[]): Promise<void> {
  const seen = formsIn(active);
  const known = await knownTerms(db, [...seen.keys()]);
  const fresh = [...seen.keys()].filter((term) => !known.has(term));
  await putTerms(
    db,
    fresh.map((term) => newTerm(term, seen.get(term) ?? [], { products: 1, inNames: 1 })),
  );
}

/** The forms of each term that some products have. */
const formsIn = (some: readonly SearchTexts[]): Map<string, Word[]> =>
  Map.groupBy(
    some.flatMap((product) => Object.values(searchWords(product)).flat().filter(isLearned)),
    ({ term }) => term,
  );

const isLearned = ({ term }: Pick<Word, 'term'>) => hasLetters(term);

async function knownTerms(db: TenantDb, terms: string[]): Promise<Set<string>> {
  if (terms.length === 0) return new Set();
  const rows = await db
    .collection(vocabulary)
    .find<Pick<VocabularyTerm, 'term'>>(
      { term: { $in: terms } },
      { limit: terms.length, projection: { term: 1 } },
    );
  return new Set(rows.map(({ term }) => term));
}

/**
 * Counts in how many active products each term is, and brings the vocabulary in line: new terms, changed counts, and
 * terms that no product has any more. Readers see it change row by row and are never held up.
 */
export async function refreshVocabulary(db: TenantDb): Promise<void> {
  // First the terms that are there: what a writer adds from here on is not taken for one that no product has.
  const before = await countsStored(db);
  const now = await countTerms(db);
  const gone = [...before.keys()].filter((term) => !now.has(term));
  const fresh = [...now.values()].filter(({ term }) => !before.has(term));
  const changed = [...now.values()].filter((row) => hasChanged(row, before.get(row.term)));
  for (const some of batches(gone)) await db.collection(vocabulary).deleteMany({ term: { $in: some } });
  for (const some of batches(changed)) await putCounts(db, some);
  for (const some of batches(fresh)) await putFresh(db, some);
}

type Counts = Pick<VocabularyTerm, 'products' | 'inNames'>;
type TermCounts = Counts & { term: string; seenIn: ObjectId[] };

const hasChanged = (now: Counts, before: Counts | undefined) =>
  before !== undefined && (now.products !== before.products || now.inNames !== before.inNames);

async function countsStored(db: TenantDb): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const rows = db
    .collection(vocabulary)
    .scan<Counts & Pick<VocabularyTerm, 'term'>>({}, { projection: { term: 1, products: 1, inNames: 1 } });
  for await (const { term, ...row } of rows) counts.set(term, row);
  return counts;
}

async function countTerms(db: TenantDb): Promise<Map<string, TermCounts>> {
  const marked = (input: Document | string, inName: number) => ({
    $map: { input, in: { term: '$$this', inName } },
  });
  const elsewhere = { $concatArrays: ['$keys.keywordTerms', '$keys.terms'] };
  const rows = await db.collection(products).aggregate<TermCounts>([
    { $match: isActive },
    { $project: { found: { $concatArrays: [marked('$keys.nameTerms', 1), marked(elsewhere, 0)] } } },
    { $unwind: '$found' },
    {
      $group: {
        _id: '$found.term',
        products: { $sum: 1 },
        inNames: { $sum: '$found.inName' },
        seenIn: { $firstN: { input: '$_id', n: FORMS_FROM } },
      },
    },
    { $project: { _id: 0, term: '$_id', products: 1, inNames: 1, seenIn: 1 } },
  ]);
  return new Map(rows.filter(isLearned).map((row) => [row.term, row]));
}

const putCounts = (db: TenantDb, rows: TermCounts[]) =>
  db.collection(vocabulary).bulkWrite(
    rows.map(({ term, products: all, inNames }) => ({
      updateOne: { filter: { term }, update: { $set: { products: all, inNames } } },
    })),
  );

/** How a term is written is read from a few products that have it. */
async function putFresh(db: TenantDb, rows: TermCounts[]): Promise<void> {
  const ids = [...new Map(rows.flatMap(({ seenIn }) => seenIn.map((id) => [String(id), id]))).values()];
  const found = await db
    .collection(products)
    .find<SearchTexts>({ _id: { $in: ids } }, { limit: ids.length, projection: TEXTS });
  const seen = formsIn(found);
  await putTerms(
    db,
    rows.map((row) => newTerm(row.term, seen.get(row.term) ?? [], row)),
  );
}

type NewTerm = Omit<VocabularyTerm, '_id' | 'tenantId'>;

function newTerm(term: string, forms: Word[], { products: all, inNames }: Counts): NewTerm {
  const counted = [...Map.groupBy(forms, ({ text }) => text)].toSorted(([, a], [, b]) => b.length - a.length);
  const words = counted.length > 0 ? counted.map(([text]) => text).slice(0, MOST_FORMS) : [term];
  const shown = counted.find(([, [form]]) => !form?.isJoined)?.[0] ?? null;
  const beginnings = words.flatMap((word) => [1, 2, 3].map((length) => word.slice(0, length)));
  const typoKeys = [term, ...words].flatMap(storedTypoKeys);
  return {
    term,
    words,
    shown,
    products: all,
    inNames,
    starts: [...new Set(beginnings)],
    typoKeys: [...new Set(typoKeys)],
  };
}

/** Two writers may add the same term at once: then one of them finds it there. */
async function putTerms(db: TenantDb, terms: NewTerm[]): Promise<void> {
  for (const some of batches(terms)) {
    const writes = some.map(({ term, ...rest }) => ({
      updateOne: {
        filter: { term },
        update: { $setOnInsert: { _id: new ObjectId(), ...rest } },
        upsert: true,
      },
    }));
    await db.retry(() => db.collection(vocabulary).bulkWrite(writes, { ordered: false }));
  }
}

const batches = <T>(values: T[]): T[][] =>
  Array.from({ length: Math.ceil(values.length / BATCH) }, (_, i) =>
    values.slice(i * BATCH, (i + 1) * BATCH),
  );
