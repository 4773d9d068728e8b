import fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { beforeAll, expect, it } from 'vitest';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { RATINGS, type Review } from '../../src/domains/reviews/documents.ts';
import { refreshSummaries, summarise } from '../../src/domains/reviews/rating-summary.ts';
import {
  type ImportShop,
  importShopify,
  openImportShops,
  productOf,
} from '../catalogue/import/import-shop.ts';
import { mug, shopifyFile } from '../catalogue/import/sources.ts';

let shops: ImportShop;
beforeAll(async () => {
  shops = await openImportShops();
});

const review = (change: Partial<Review> = {}): Review => ({
  _id: new ObjectId(),
  tenantId: new ObjectId(),
  productId: new ObjectId(),
  userId: null,
  userName: 'Ada',
  rating: 4,
  title: null,
  comment: 'Good',
  status: 'APPROVED',
  verifiedPurchase: false,
  helpfulCount: 0,
  createdAt: new Date('2026-01-01'),
  updatedAt: new Date('2026-01-01'),
  ...change,
});

const someReviews = fc.array(
  fc.record({
    rating: fc.constantFrom(...RATINGS),
    status: fc.constantFrom('APPROVED' as const, 'PENDING' as const, 'REJECTED' as const),
    createdAt: fc.integer({ min: 0, max: 3 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
    comment: fc.option(fc.string({ maxLength: 5 })),
  }),
  { maxLength: 30 },
);

it('says nothing of a product without reviews', () => {
  expect(summarise([])).toEqual({
    count: 0,
    average: null,
    distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    recent: [],
  });
});

it('counts every review once, and averages exactly', () => {
  fc.assert(
    fc.property(someReviews, (changes) => {
      const { count, average, distribution } = summarise(changes.map(review));
      expect(RATINGS.reduce((sum, rating) => sum + distribution[rating], 0)).toBe(count);
      expect(count).toBe(changes.length);
      const stars = changes.reduce((sum, { rating }) => sum + rating, 0);
      expect(average).toBe(count === 0 ? null : stars / count);
    }),
  );
});

it('carries the ten newest, the newest first, and of a long text the beginning', () => {
  const days = [3, 1, 12, 5, 2, 8, 4, 7, 11, 9, 10, 6];
  const written = days.map((day) =>
    review({ userName: `${day}`, createdAt: new Date(Date.UTC(2026, 0, day)) }),
  );
  const { recent } = summarise(written);
  expect(recent.map(({ userName }) => userName)).toEqual([
    '12',
    '11',
    '10',
    '9',
    '8',
    '7',
    '6',
    '5',
    '4',
    '3',
  ]);
  const [long] = summarise([review({ comment: 'x'.repeat(5_000) })]).recent;
  expect(long?.comment).toBe(`${'x'.repeat(1_000)}…`);
});

it('is worked out by the database as by hand, of published reviews alone', async () => {
  await fc.assert(
    fc.asyncProperty(someReviews, async (changes) => {
      const db = await shops.newShop();
      await importShopify(db, shopifyFile([mug()]));
      const { _id: productId } = await productOf(db, 'mug');
      const written = changes.map((change) => review({ ...change, productId }));
      if (written.length > 0) {
        await db.collection(reviews).insertMany(written.map(({ tenantId: _, ...rest }) => rest));
      }
      await refreshSummaries(db, [productId]);
      const published = written.filter(({ status }) => status === 'APPROVED');
      const product = await productOf(db, 'mug');
      expect(product.reviews).toEqual(summarise(published));
      expect(product.keys.rating).toBe(product.reviews.average ?? 0);
    }),
    { numRuns: 25 },
  );
});
