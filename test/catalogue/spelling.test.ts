import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  slipsAllowed,
  slipsBetween,
  storedTypoKeys,
  typoKeys,
} from '../../src/domains/catalogue/spelling.ts';

it.each([
  ['chair', 'chair', 0],
  ['chair', 'chiar', 1],
  ['chair', 'char', 1],
  ['chair', 'chaiir', 1],
  ['chair', 'choir', 1],
  ['chocolate', 'chcolatte', 2],
  ['chair', 'table', 3],
])('counts the slips between %s and %s', (one, other, slips) => {
  expect(slipsBetween(one, other, 2)).toBe(slips);
});

it.each([
  ['mug', 0],
  ['mugs', 1],
  ['blanket', 1],
  ['blankets', 2],
  ['mb01', 0],
])('allows for the length of %s', (word, slips) => {
  expect(slipsAllowed(word)).toBe(slips);
});

type Slip = (word: string, at: number, letter: string) => string;
const SLIPS: Slip[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at + 1),
  (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
];
const slip = fc.tuple(fc.constantFrom(...SLIPS), fc.nat(), fc.stringMatching(/^[a-z]$/));
const slipped = (word: string, slips: [Slip, number, string][]) =>
  slips.reduce((text, [make, at, letter]) => make(text, at % text.length, letter), word);

it('finds a key in common with every word that is within the slips allowed', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{3,14}$/), fc.array(slip, { maxLength: 2 }), (word, slips) => {
      const typed = slipped(word, slips);
      const allowed = slipsAllowed(typed);
      fc.pre(allowed > 0 && slipsBetween(word, typed, 2) <= allowed);
      const stored = new Set(storedTypoKeys(word));
      expect(typoKeys(typed, allowed).some((key) => stored.has(key))).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

it('has a bounded number of keys for a word of any length', () => {
  for (const word of ['abcdefghijklmnopqrstuvwxyz', 'a'.repeat(40)]) {
    expect(storedTypoKeys(word).length).toBeLessThan(40);
  }
});
