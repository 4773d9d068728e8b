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
  checkAsked(typed, first);
  const [last, ...before] = typedWords(typed).toReversed();
  if (!last) return [];
  const { words, sections } = await findBeginnings(db, typed, last.text, first);
  const terms = { before: before.map(({ term }) => term), last: words.map(({ term }) => term) };
  const found = await findNamed(db, foldName(typed), terms, first, projection);
  const start = before.toReversed().map(({ text }) => text);
  return blend(first, {
    sections: sections.map((category) => ({ text: category.name, product: null, category })),
    words: words
      .filter(({ term }) => start.length === 0 || found.some(({ keys }) => keys.nameTerms.includes(term)))
      .map((word) => ({
        text: [...start, formOf(word, last.text)].join(' '),
        product: null,
        category: null,
      })),
    products: found.map((product) => ({ text: product.name, product, category: null })),
  });
}

function checkAsked(typed: string, first: number) {
  if (first < 1 || first > MOST_SUGGESTIONS) {
    throw badInput(`Ask for 1 to ${MOST_SUGGESTIONS} suggestions, not ${first}`, 'first');
  }
  if (typed.length > MOST_LETTERS) {
    throw badInput(`A prefix has at most ${MOST_LETTERS} letters, not ${typed.length}`, 'prefix');
  }
}

/** The form that goes on from what was typed. */
const formOf = ({ shown, words }: WordRow, begun: string): string =>
  [shown, ...words].find((word) => word?.startsWith(begun)) ?? begun;

type WordRow = Pick<VocabularyTerm, 'term' | 'words' | 'shown'>;

async function findBeginnings(db: TenantDb, typed: string, lastWord: string, first: number) {
  const slug = slugify(typed);
  const sections = [{ $match: { slug: beginningWith(slug), isDeleted: false } }, { $limit: first }];
  const rows = await db
    .collection(vocabulary)
    .aggregate<WordRow | Category>([
      ...beginningStages(lastWord, first, { inNames: { $gt: 0 }, shown: { $type: 'string' } }),
      { $project: { term: 1, words: 1, shown: 1 } },
      ...(slug === '' ? [] : [{ $unionWith: { coll: categories.name, pipeline: sections } }]),
    ]);
  return {
    words: rows.filter((row) => 'words' in row),
    sections: rows.filter((row) => 'slug' in row),
  };
}

/** Products whose name begins so, then those with the words typed before and one of these last words in their name. */
async function findNamed(
  db: TenantDb,
  name: string,
  terms: { before: string[]; last: string[] },
  first: number,
  projection: Document,
): Promise<Product[]> {
  const begins = { ...isActive, 'keys.name': beginningWith(name) };
  const hasWords = {
    ...isActive,
    $and: [oneOf(terms.last), ...terms.before].map((term) => ({ 'keys.nameTerms': term })),
  };
  const byRank = [{ $match: hasWords }, { $sort: { 'keys.rank': -1, _id: -1 } }, { $limit: 2 * first }];
  const found = await db
    .collection(products)
    .aggregate<Product>([
      { $match: begins },
      { $sort: { 'keys.name': 1, _id: 1 } },
      { $limit: first },
      ...(terms.last.length > 0 ? [{ $unionWith: { coll: products.name, pipeline: byRank } }] : []),
      { $project: joinProjections([projection, { name: 1, 'keys.nameTerms': 1 }]) },
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
