import slugify from '@sindresorhus/slugify';
import type { Document } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { categories, products, vocabulary } from '../catalogue/collections.ts';
import type { Category, Product, VocabularyTerm } from '../catalogue/documents.ts';
import { joinProjections } from '../catalogue/product-fields.ts';
import { isActive } from '../catalogue/products.ts';
import { foldName } from '../catalogue/search-terms.ts';
import { typedWords } from '../catalogue/words.ts';
import { beginningStages, beginningWith } from './alike.ts';
import { oneOf } from './filter-conditions.ts';

export type Suggestion = { text: string; product: Product | null; category: Category | null };

const MOST_SUGGESTIONS = 25;
const MOST_LETTERS = 200;

/** Categories, words and products that begin with what was typed, in two commands. */
export async function suggest(
  db: TenantDb,
  typed: string,
  first: number,
  projection: Document,
): Promise<Suggestion[]> {
  if (first < 1 || first > MOST_SUGGESTIONS) {
    throw badInput(`Ask for 1 to ${MOST_SUGGESTIONS} suggestions, not ${first}`, 'first');
  }
  if (typed.length > MOST_LETTERS) {
    throw badInput(`A prefix has at most ${MOST_LETTERS} letters, not ${typed.length}`, 'prefix');
  }
  const [last, ...before] = typedWords(typed).toReversed();
  if (!last) return [];
  const { words, sections } = await findBeginnings(db, typed, last.text, first);
  const earlier = before.map(({ term }) => term);
  const found = await findNamed(
    db,
    foldName(typed),
    [earlier, words.map(({ term }) => term)],
    first,
    projection,
  );
  const start = before.toReversed().map(({ text }) => text);
  return blend(first, {
    sections: sections.map((category) => ({ text: category.name, product: null, category })),
    words: words.map(({ word }) => ({ text: [...start, word].join(' '), product: null, category: null })),
    products: found.map((product) => ({ text: product.name, product, category: null })),
  });
}

type WordRow = Pick<VocabularyTerm, 'term' | 'word'>;

async function findBeginnings(db: TenantDb, typed: string, lastWord: string, first: number) {
  const slug = slugify(typed);
  const sections = [{ $match: { slug: beginningWith(slug), isDeleted: false } }, { $limit: first }];
  const rows = await db
    .collection(vocabulary)
    .aggregate<WordRow | Category>([
      ...beginningStages(lastWord, first),
      { $project: { term: 1, word: 1 } },
      ...(slug === '' ? [] : [{ $unionWith: { coll: categories.name, pipeline: sections } }]),
    ]);
  return {
    words: rows.filter((row) => 'word' in row),
    sections: rows.filter((row) => 'slug' in row),
  };
}

/** Products whose name begins so, then those with the words typed before and one of these last words in their name. */
async function findNamed(
  db: TenantDb,
  name: string,
  [before, lastWords]: [string[], string[]],
  first: number,
  projection: Document,
): Promise<Product[]> {
  const begins = { ...isActive, 'keys.name': beginningWith(name) };
  const hasWords = {
    ...isActive,
    $and: [oneOf(lastWords), ...before].map((term) => ({ 'keys.nameTerms': term })),
  };
  const byRank = [{ $match: hasWords }, { $sort: { 'keys.rank': -1, _id: -1 } }, { $limit: 2 * first }];
  const found = await db
    .collection(products)
    .aggregate<Product>([
      { $match: begins },
      { $sort: { 'keys.name': 1, _id: 1 } },
      { $limit: first },
      ...(lastWords.length > 0 ? [{ $unionWith: { coll: products.name, pipeline: byRank } }] : []),
      { $project: joinProjections([projection, { name: 1 }]) },
    ]);
  return [...new Map(found.map((product) => [product._id.toHexString(), product])).values()];
}

type Kinds = Record<'sections' | 'words' | 'products', Suggestion[]>;

/** A little of each kind, each text once; where one kind has less, the others have more. */
function blend(first: number, { sections, words, products: named }: Kinds): Suggestion[] {
  const few = Math.ceil(first / 4);
  const order = [
    ...sections.slice(0, few),
    ...words.slice(0, few),
    ...named,
    ...words.slice(few),
    ...sections.slice(few),
  ];
  const byText = new Map<string, Suggestion>();
  for (const suggestion of order) {
    const text = foldName(suggestion.text);
    if (!byText.has(text)) byText.set(text, suggestion);
  }
  return [...byText.values()].slice(0, first);
}
