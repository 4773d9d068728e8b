import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { count, list, object, text } from '../../platform/mongo/schema.ts';

/** A term by which products are found, and the ways to it for somebody who types it in part or wrongly. */
export type VocabularyTerm = {
  _id: ObjectId;
  tenantId: ObjectId;
  term: string;
  /** The word as a product has it, for people to read. */
  word: string;
  /** The first one, two and three letters of the word. */
  starts: string[];
  /** See storedTypoKeys. */
  typoKeys: string[];
  /** How many active products have the term, and how many of them in their name, as last counted. */
  products: number;
  inNames: number;
};

/** The words of each shop's active products. */
export const vocabulary = defineCollection<VocabularyTerm>(
  'search_vocabulary',
  object({
    term: text,
    word: text,
    starts: list(text),
    typoKeys: list(text),
    products: count,
    inNames: count,
  }),
  [
    { key: { term: 1 }, unique: true },
    { key: { starts: 1, products: -1, _id: 1 } },
    { key: { word: 1 } },
    { key: { typoKeys: 1 } },
  ],
);

/** Numbers are found as they are typed; model numbers would only crowd the vocabulary. */
export const hasLetters = (term: string) => /\p{L}/u.test(term);
