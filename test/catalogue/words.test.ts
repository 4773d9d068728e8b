import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldName } from '../../src/domains/catalogue/search-terms.ts';
import { termOf, textWords, typedWords } from '../../src/domains/catalogue/words.ts';

const termsOf = (text: string) => textWords(text).map(({ term }) => term);
const typedTerms = (text: string) => typedWords(text).map(({ term }) => term);

it.each([
  ['shoes', 'shoe'],
  ['dresses', 'dress'],
  ['accessories', 'accessory'],
  ['knives', 'knife'],
  ['shelves', 'shelf'],
  ['scarves', 'scarf'],
  ['lenses', 'lens'],
  ['canvases', 'canvas'],
  ['potatoes', 'potato'],
  ['watches', 'watch'],
  ['women', 'woman'],
  ['running', 'run'],
  ['knitted', 'knitting'],
])('takes %s and %s for forms of one word', (one, other) => {
  expect(termOf(one)).toBe(termOf(other));
});

it.each([
  ['news', 'newt'],
  ['glass', 'gloss'],
  ['シャツ', 'シャ'],
])('keeps %s and %s apart', (one, other) => {
  expect(termOf(one)).not.toBe(termOf(other));
});

it.each([
  ['CRÈME Brûlée', 'creme brulee'],
  ['Straße', 'strasse'],
  ['Smørrebrød', 'smorrebrod'],
  ['ＦＵＬＬ', 'full'],
  ['CoolTech™', 'cooltech'],
])('reads %s like %s', (one, other) => {
  expect(termsOf(one)).toEqual(termsOf(other));
});

it('finds the words of a text, with both halves and the whole of a hyphened one', () => {
  const words = textWords("Men’s T-Shirt, 1.5 l — O'Neill");
  expect(words.map(({ text }) => text)).toEqual(['men', 't', 'shirt', 'tshirt', '1.5', 'l', 'oneill']);
});

it('parts writings without spaces into words', () => {
  expect(termsOf('コットンの半袖シャツ')).toEqual(expect.arrayContaining(['コットン', 'シャツ']));
});

it('keeps the signs that belong to letters of other writings', () => {
  expect(termsOf('हिन्दी किताब')).toEqual(['हिन्दी', 'किताब']);
});

it.each([
  ['t-shirt', ['tshirt']],
  ['wi-fi', ['wifi']],
  ['hand-thrown', ['hand', 'thrown']],
])('looks for %s as it may be written otherwise', (typed, words) => {
  expect(typedWords(typed).map(({ text }) => text)).toEqual(words);
});

it('finds what is typed as it stands in the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,10}([ -][a-z]{3,10}){0,3}$/), (text) => {
      expect(termsOf(text)).toEqual(expect.arrayContaining(typedTerms(text)));
    }),
  );
});

it('takes any text without failing, and no longer than it may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { text: word, term } of textWords(text)) {
        expect(word.length).toBeLessThanOrEqual(40);
        expect(term).not.toBe('');
        expect(term).not.toMatch(/[\s$]/);
      }
    }),
  );
});

it('folds names so that they sort as people expect', () => {
  expect(['Zebra', 'Éclair', 'apple ', 'eclipse'].map(foldName).toSorted()).toEqual([
    'apple',
    'eclair',
    'eclipse',
    'zebra',
  ]);
});
