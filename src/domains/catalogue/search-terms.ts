import type { ObjectId } from 'mongodb';
import type { Product, ProductKeys, Variant } from './documents.ts';
import { foldText, tellsApart, textWords, type Word } from './words.ts';

/** What is searched of a product. */
export type SearchTexts = Pick<Product, 'name' | 'searchKeywords' | 'tags' | 'category' | 'description'> & {
  variants: Pick<Variant, 'attributes'>[];
};

export type SearchTerms = Pick<ProductKeys, 'nameTerms' | 'keywordTerms' | 'terms'>;

// Each term is an entry in an index: a text of any length must not make a product dear to keep.
const MOST_NAME_TERMS = 24;
const MOST_KEYWORD_TERMS = 60;
const MOST_DESCRIPTION_TERMS = 60;

/** The terms by which a product is found, each where it weighs most and there alone. */
export function searchTerms(product: SearchTexts): SearchTerms {
  const { name, keywords, description } = searchWords(product);
  return {
    nameTerms: name.map(({ term }) => term),
    keywordTerms: keywords.map(({ term }) => term),
    terms: description.map(({ term }) => term),
  };
}

/** The words behind searchTerms: of the name, of what it is labelled with, and of the description. */
export function searchWords(product: SearchTexts) {
  const seen = new Set<string>();
  return {
    name: newWords([product.name], seen, MOST_NAME_TERMS),
    keywords: newWords(labelsOf(product), seen, MOST_KEYWORD_TERMS),
    description: newWords([product.description ?? ''], seen, MOST_DESCRIPTION_TERMS),
  };
}

const labelsOf = ({ searchKeywords, tags, category, variants }: SearchTexts): Set<string> =>
  new Set([
    ...searchKeywords,
    ...tags,
    ...(category?.path ?? []),
    ...variants.flatMap(({ attributes }) => Object.values(attributes)),
  ]);

/** At most so many words whose terms are not in `seen`, and puts those there. */
function newWords(texts: Iterable<string>, seen: Set<string>, most: number): Word[] {
  const found: Word[] = [];
  for (const text of texts) {
    for (const word of textWords(text)) {
      if (found.length === most) return found;
      if (seen.has(word.term) || !tellsApart(word)) continue;
      seen.add(word.term);
      found.push(word);
    }
  }
  return found;
}

/** A name as it is sorted, and found by its beginning. */
export const foldName = (name: string) => foldText(name).trim().replace(/\s+/g, ' ');

/** What a product without reviews is taken for: as if it had five reviews of middling praise. */
const PRIOR = { count: 5, average: 3.5 };
const IN_STOCK = 0.5;

/**
 * How well a product is liked: its average rating, drawn towards the middle while reviews are few, and half a star for
 * being in stock. In steps of a tenth, because each change of it is a change in the index of every term; what is added
 * below the tenth only keeps two products from having the same rank.
 */
export function rankOf({ _id, reviews, variants }: Pick<Product, '_id' | 'reviews' | 'variants'>): number {
  const stars = PRIOR.count * PRIOR.average + reviews.count * (reviews.average ?? 0);
  const liked = stars / (PRIOR.count + reviews.count);
  const inStock = variants.some(({ inventory }) => inventory.available > 0);
  return Math.round((liked + (inStock ? IN_STOCK : 0)) * 10) / 10 + ownFraction(_id);
}

/** Between 0 and 0.1, another for each id. */
const ownFraction = (id: ObjectId) => (Number.parseInt(id.toHexString().slice(-8), 16) / 2 ** 32) * 0.0999;
