import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProductDraft } from '../../src/domains/catalogue/product-draft.ts';
import { type ProductPatch, patchedDraft } from '../../src/domains/catalogue/product-input.ts';

const minor = fc.integer({ min: 0, max: 1_000_000 });
const word = fc.stringMatching(/^[a-z]{1,12}$/);
const words = fc.uniqueArray(word, { maxLength: 5 });

const draft = fc
  .record({
    name: word,
    description: fc.option(word),
    status: fc.constantFrom('DRAFT' as const, 'ACTIVE' as const, 'ARCHIVED' as const),
    tags: words,
    searchKeywords: words,
    basePrice: minor,
    salePrice: fc.option(minor),
    cost: fc.option(minor),
  })
  .map(
    ({ basePrice, salePrice, cost, ...rest }): ProductDraft => ({
      ...rest,
      sku: 'SKU',
      slug: 'slug',
      pricing: { currency: 'USD', basePrice, salePrice, cost, taxRate: 0.2, discounts: [] },
      variants: [],
      media: [],
      seo: { title: 'Title', description: null },
    }),
  );

const decimal = minor.map((amount) => (amount / 100).toFixed(2));
const patch: fc.Arbitrary<ProductPatch> = fc.record(
  {
    name: word,
    description: fc.option(word),
    tags: fc.option(words),
    searchKeywords: fc.option(words),
    pricing: fc.record(
      { basePrice: decimal, salePrice: fc.option(decimal), cost: fc.option(decimal) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

it('leaves what a patch does not name, and clears what it names as null', () => {
  fc.assert(
    fc.property(draft, patch, (before, change) => {
      const after = patchedDraft(before, change, 'USD');
      for (const name of [
        'name',
        'description',
        'status',
        'tags',
        'searchKeywords',
        'seo',
        'variants',
      ] as const) {
        if (!(name in change)) expect(after[name]).toEqual(before[name]);
      }
      for (const name of ['basePrice', 'salePrice', 'cost'] as const) {
        if (!(name in (change.pricing ?? {}))) expect(after.pricing[name]).toBe(before.pricing[name]);
      }
      if (change.description === null) expect(after.description).toBeNull();
      if (change.tags === null) expect(after.tags).toEqual([]);
      if (change.pricing?.salePrice === null) expect(after.pricing.salePrice).toBeNull();
    }),
  );
});

it('says after a patch what the patch says, and the same when it is applied again', () => {
  fc.assert(
    fc.property(draft, patch, (before, change) => {
      const after = patchedDraft(before, change, 'USD');
      if (change.name !== undefined) expect(after.name).toBe(change.name);
      if (change.pricing?.cost)
        expect(after.pricing.cost).toBe(Math.round(Number(change.pricing.cost) * 100));
      expect(patchedDraft(after, change, 'USD')).toEqual(after);
    }),
  );
});
