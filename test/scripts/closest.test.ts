import { expect, it } from 'vitest';
import { closest } from '../../scripts/support/closest.ts';

it.each([
  ['northwint', ['northwest', 'northwind'], 'northwind'],
  ['Harbour', ['harbour'], 'harbour'],
  ['hrabour', ['harbour'], 'harbour'],
  ['x', ['harbour', 'kyoto'], undefined],
  ['kyoto', [], undefined],
])('takes %s of %j for %s', (typed, words, meant) => {
  expect(closest(typed, words)).toBe(meant);
});
