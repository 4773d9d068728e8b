import { describe, expect, it } from 'vitest';
import { type DemoProduct, type DemoShop, demoShops } from '../../src/demo/demo-shops.ts';
import { lowestEffectivePrice } from '../../src/domains/pricing/effective-price.ts';
import { lowestPrice30Days } from '../../src/domains/pricing/price-history.ts';

const NOW = new Date('2026-03-15T10:20:30Z');
const DAY = 24 * 60 * 60 * 1000;

const shops = demoShops(NOW);
const [harbour, nordlys, kumo] = shops as [DemoShop, DemoShop, DemoShop];
const variantsOf = ({ products }: DemoShop) => products.flatMap(({ draft }) => draft.variants);
const reviewsOf = (shop: DemoShop, { draft }: DemoProduct) =>
  shop.reviews.filter(({ productId }) => productId.equals(draft._id));
const repeated = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);

describe('the demo shops', () => {
  it('are a large one and two small ones, each in a currency of its own', () => {
    const told = shops.map(({ tenant, products }) => [tenant.subdomain, tenant.currency, products.length]);
    expect(told).toEqual([
      ['demo', 'USD', expect.toSatisfy((count: number) => count >= 64)],
      ['nordlys', 'NOK', expect.toSatisfy((count: number) => count >= 10)],
      ['kumo', 'JPY', expect.toSatisfy((count: number) => count >= 10)],
    ]);
  });

  it('have variants and reviews enough to page, filter and count', () => {
    expect(variantsOf(harbour).length).toBeGreaterThanOrEqual(420);
    expect(harbour.reviews.filter(({ status }) => status === 'APPROVED').length).toBeGreaterThanOrEqual(500);
    expect(harbour.reviews.some(({ status }) => status === 'PENDING')).toBe(true);
  });

  it('are the same shops at the same time, and keep their ids at any other', () => {
    const ids = (of: DemoShop[]) =>
      of.flatMap((shop) => [
        shop.tenant._id,
        ...shop.categories.map(({ _id }) => _id),
        ...shop.products.map(({ draft }) => draft._id),
        ...variantsOf(shop).map(({ _id }) => _id),
        ...shop.reviews.map(({ _id }) => _id),
      ]);
    expect(demoShops(NOW)).toEqual(shops);
    expect(ids(demoShops(new Date(NOW.getTime() + 100 * DAY)))).toEqual(ids(shops));
    expect(repeated(ids(shops).map(String))).toEqual([]);
  });
});

describe.each(shops)('$tenant.name', (shop) => {
  const { tenant, categories, products } = shop;

  it('has no sku and no slug twice', () => {
    // A product with a single variant shares its sku with it.
    const skus = products.flatMap(({ draft }) => [
      ...new Set([draft.sku, ...draft.variants.map(({ sku }) => sku)]),
    ]);
    expect(repeated(skus)).toEqual([]);
    expect(skus.filter((sku) => !/^[A-Z0-9-]+$/.test(sku))).toEqual([]);
    for (const { draft } of products) expect(repeated(draft.variants.map(({ sku }) => sku))).toEqual([]);

    const slugs = products.map(({ draft }) => draft.slug ?? '');
    expect(repeated(slugs)).toEqual([]);
    expect(slugs.filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
    expect(repeated(categories.map(({ slug }) => slug))).toEqual([]);
  });

  it('shows something in every category, and puts each product at the end of a branch', () => {
    const parents = new Set(categories.map(({ parentSlug }) => parentSlug));
    const ends = categories.map(({ slug }) => slug).filter((slug) => !parents.has(slug));
    const shown = products.filter(({ draft }) => draft.status === 'ACTIVE');
    expect(new Set(shown.map(({ categorySlug }) => categorySlug))).toEqual(new Set(ends));
    expect(new Set(products.map(({ categorySlug }) => categorySlug))).toEqual(new Set(ends));
  });

  it('names each category after its parent', () => {
    const slugs = categories.map(({ slug }) => slug);
    for (const { slug, parentSlug } of categories) {
      if (parentSlug !== null) {
        expect(slugs.slice(0, slugs.indexOf(slug))).toContain(parentSlug);
      }
    }
  });

  it('sells in one currency, above cost, and cheaper in a sale', () => {
    for (const { draft } of products) {
      const { currency, basePrice, salePrice, cost } = draft.pricing;
      const lowest = lowestEffectivePrice(draft.pricing, draft.variants, NOW);
      expect(currency).toBe(tenant.currency);
      expect(cost, draft.sku).toBeLessThan(lowest);
      if (salePrice !== null) expect(salePrice, draft.sku).toBeLessThan(basePrice);
      for (const { sku, pricing } of draft.variants) {
        if (pricing.salePrice !== null)
          expect(pricing.salePrice, sku).toBeLessThan(pricing.basePrice ?? basePrice);
      }
    }
  });

  it('describes each product in words of its own', () => {
    const texts = products.map(({ draft }) => draft.description ?? '');
    expect(repeated(texts)).toEqual([]);
    expect(repeated(products.map(({ draft }) => draft.seo.description ?? ''))).toEqual([]);
    for (const text of texts) {
      const sentences = text.split(/(?<=[.!?])\s+(?=[A-ZÅÆØ])/);
      expect(sentences.length, text).toBeGreaterThanOrEqual(2);
      expect(sentences.length, text).toBeLessThanOrEqual(4);
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/lorem|ipsum|dolor|todo|tbd|xxx/i);
      expect(text.length, text).toBeGreaterThan(100);
    }
  });

  it('shows each product with a photo, says what is on it, and can be found by tags and keywords', () => {
    for (const { draft } of products) {
      const media = [...draft.media, ...draft.variants.flatMap((variant) => variant.media.slice(0, 1))];
      expect(draft.media.length).toBeGreaterThan(0);
      expect(repeated(draft.media.map(({ url }) => url))).toEqual([]);
      for (const { url, alt } of media) {
        expect(url).toMatch(/^https:\/\/images\.souk\.example\/[a-z]+\/[a-z0-9-]+\.jpg$/);
        expect(alt).toBeTruthy();
      }
      expect(draft.tags.length).toBeGreaterThan(0);
      expect(draft.searchKeywords.length).toBeGreaterThan(1);
      expect(repeated([...draft.tags])).toEqual([]);
      expect(repeated([...draft.searchKeywords])).toEqual([]);
    }
  });

  it('was built up over time, and never in the future', () => {
    for (const { draft, createdAt, updatedAt, since, history } of products) {
      expect(createdAt < NOW && since >= createdAt && updatedAt >= since && updatedAt <= NOW, draft.sku).toBe(
        true,
      );
      for (const [i, { from, to }] of history.entries()) {
        expect(from < to && from >= createdAt, draft.sku).toBe(true);
        expect(history[i + 1]?.from ?? since).toEqual(to);
      }
    }
  });

  it('has reviews by different people in different words, after the product came', () => {
    for (const product of products) {
      const reviews = reviewsOf(shop, product);
      expect(repeated(reviews.map(({ comment }) => comment ?? '')), product.draft.sku).toEqual([]);
      expect(repeated(reviews.map(({ userName }) => userName)), product.draft.sku).toEqual([]);
      for (const { createdAt, comment } of reviews) {
        expect(createdAt > product.createdAt && createdAt < NOW).toBe(true);
        expect(comment).toMatch(/[.!?]$/);
      }
    }
  });
});

describe('Harbour & Pine', () => {
  const { products } = harbour;
  const discounts = products.flatMap(({ draft }) => draft.pricing.discounts);

  it('has a tree of three levels under six roots', () => {
    const parentOf = new Map(harbour.categories.map(({ slug, parentSlug }) => [slug, parentSlug]));
    const depthOf = (slug: string | null | undefined): number => (slug ? 1 + depthOf(parentOf.get(slug)) : 0);
    const depths = harbour.categories.map(({ slug }) => depthOf(slug));
    expect(depths.filter((depth) => depth === 1)).toHaveLength(6);
    expect(Math.max(...depths)).toBe(3);
    expect(harbour.categories.length).toBeGreaterThanOrEqual(28);
  });

  it('has discounts that run, have run and will run, for a code and for a quantity', () => {
    const open = discounts.filter(({ code, minQuantity }) => code === null && minQuantity === undefined);
    expect(open.some(({ validFrom, validTo }) => validFrom <= NOW && NOW < validTo)).toBe(true);
    expect(open.some(({ validTo }) => validTo <= NOW)).toBe(true);
    expect(open.some(({ validFrom }) => validFrom > NOW)).toBe(true);
    expect(discounts.some(({ code }) => code === 'WELCOME10')).toBe(true);
    expect(discounts.some(({ type }) => type === 'FIXED_AMOUNT')).toBe(true);
    expect(discounts.some(({ minQuantity = 1 }) => minQuantity > 1)).toBe(true);
  });

  it('has products whose lowest price of 30 days is not the one of today', () => {
    const lower = products.filter(({ draft, since, history }) => {
      const today = lowestEffectivePrice(draft.pricing, draft.variants, NOW);
      return (lowestPrice30Days({ ...draft.pricing, since, history }, draft.variants, NOW) ?? today) < today;
    });
    expect(lower.length).toBeGreaterThanOrEqual(5);
  });

  it('has drafts, one product that is archived, some that are sold out and some that nearly are', () => {
    const withStatus = (status: string) => products.filter(({ draft }) => draft.status === status);
    const quantities = variantsOf(harbour).map(({ quantity }) => quantity);
    expect(withStatus('DRAFT').length).toBeGreaterThanOrEqual(2);
    expect(withStatus('ARCHIVED')).toHaveLength(1);
    expect(quantities.filter((quantity) => quantity === 0).length).toBeGreaterThanOrEqual(15);
    expect(quantities.filter((quantity) => quantity > 0 && quantity < 5).length).toBeGreaterThanOrEqual(15);
  });

  it('has its reviews spread unevenly: some products have sixty, others none', () => {
    const counts = products.map((product) => reviewsOf(harbour, product).length);
    expect(Math.max(...counts)).toBe(60);
    expect(counts.filter((count) => count === 0).length).toBeGreaterThanOrEqual(10);
    expect(counts.filter((count) => count > 0 && count < 10).length).toBeGreaterThanOrEqual(30);
  });

  it('has reviews of each rating, most of them good', () => {
    const share = (rating: number) =>
      harbour.reviews.filter((review) => review.rating === rating).length / harbour.reviews.length;
    expect(share(5)).toBeGreaterThan(0.45);
    expect(share(5)).toBeLessThan(0.75);
    for (const rating of [1, 2, 3, 4]) expect(share(rating)).toBeGreaterThan(0.005);
  });

  it('repeats no sentence among the ten newest reviews of a product', () => {
    for (const product of products) {
      const newest = reviewsOf(harbour, product)
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .slice(0, 10);
      const sentences = newest.flatMap(({ comment }) => (comment ?? '').split(/(?<=[.!?])\s+/));
      const long = sentences.filter((sentence) => sentence.length > 20);
      expect(repeated(long), product.draft.sku).toEqual([]);
    }
  });
});

describe('the small shops', () => {
  it('have prices with two decimals and with none, letters beyond ASCII, and a price by quantity', () => {
    expect(nordlys.products[0]?.draft.pricing.basePrice).toBe(13_900);
    expect(kumo.products[0]?.draft.pricing.basePrice).toBe(1_650);
    expect(nordlys.products.some(({ draft }) => /[æøå]/i.test(draft.description ?? ''))).toBe(true);
    expect(
      kumo.products.some(({ draft }) => draft.pricing.discounts.some(({ minQuantity }) => minQuantity)),
    ).toBe(true);
  });
});
