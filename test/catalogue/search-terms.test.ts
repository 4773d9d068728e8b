import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { rankOf, searchTerms } from '../../src/domains/catalogue/search-terms.ts';
import { generatedCategories, generatedProducts } from '../search/generated-catalogue.ts';

const [product] = generatedProducts(1, generatedCategories());
if (!product) throw new Error('One product was asked for');

const texts = {
  ...product,
  name: '',
  searchKeywords: [],
  tags: [],
  category: null,
  variants: [],
  description: null,
};

describe('search terms', () => {
  it('stand where they weigh most, and there alone', () => {
    const terms = searchTerms({
      ...texts,
      name: 'The oak Shelf',
      searchKeywords: ['shelves', 'bookcase'],
      tags: ['handmade'],
      category: { _id: new ObjectId(), name: 'Storage', slug: 'storage', path: ['Living', 'Storage'] },
      description: 'A handmade shelf of solid oak for your books.',
    });
    expect(terms).toEqual({
      nameTerms: ['oak', 'shelf'],
      keywordTerms: ['bookcas', 'handmad', 'live', 'storag'],
      terms: ['solid', 'book'],
    });
  });

  it('hold what the variants are like', () => {
    const [variant] = product.variants;
    const terms = searchTerms({
      ...texts,
      variants: [{ ...variant, attributes: { Colour: 'Ochre' } }] as never,
    });
    expect(terms.keywordTerms).toEqual(['ochr']);
  });

  it('are bounded, however long the texts are', () => {
    const long = Array.from({ length: 5_000 }, (_, i) => `word${i.toString(36)}`).join(' ');
    const terms = searchTerms({
      ...texts,
      name: long,
      searchKeywords: [`x ${long.replaceAll('word', 'tag')}`],
      description: long,
    });
    expect(terms.nameTerms).toHaveLength(24);
    expect(terms.keywordTerms).toHaveLength(60);
    expect(terms.terms).toHaveLength(60);
  });
});

describe('rank', () => {
  const reviews = (count: number, average: number) => ({ ...product.reviews, count, average });
  const rank = (count: number, average: number) => rankOf({ ...product, reviews: reviews(count, average) });

  it('goes by the average rating, the more so the more reviews there are', () => {
    expect(rank(100, 4.8)).toBeGreaterThan(rank(100, 4.2));
    expect(rank(200, 4.6)).toBeGreaterThan(rank(1, 5));
    expect(rank(200, 2)).toBeLessThan(rank(1, 2));
  });

  it('is higher for what is in stock', () => {
    const stocked = (available: number) =>
      product.variants.map((variant) => ({
        ...variant,
        inventory: { ...variant.inventory, available },
      }));
    expect(rankOf({ ...product, variants: stocked(1) })).toBeGreaterThan(
      rankOf({ ...product, variants: stocked(0) }),
    );
    expect(rankOf({ ...product, variants: stocked(1) })).toBe(rankOf({ ...product, variants: stocked(99) }));
  });

  it('is never the same for two products, and never turned around by what makes them differ', () => {
    const ids = Array.from({ length: 100 }, () => new ObjectId());
    const ranks = ids.map((_id) => rankOf({ ...product, _id, reviews: reviews(100, 4) }));
    expect(new Set(ranks).size).toBe(100);
    const better = rankOf({ ...product, _id: new ObjectId('0'.repeat(24)), reviews: reviews(100, 4.2) });
    const best = rankOf({ ...product, _id: new ObjectId('f'.repeat(24)), reviews: reviews(100, 4) });
    expect(better).toBeGreaterThan(best);
  });
});
