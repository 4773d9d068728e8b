import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ObjectId } from 'mongodb';
import { expect, inject, it } from 'vitest';
import { generatedProducts } from '../../src/demo/generated-products.ts';
import { refreshAllDueCopies } from '../../src/domains/catalogue/category-copies.ts';
import { categories, products } from '../../src/domains/catalogue/collections.ts';
import { PATIENCE_MS, patiently } from '../../src/domains/catalogue/import/patience.ts';
import { newProduct } from '../../src/domains/catalogue/product-document.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { summarise } from '../../src/domains/reviews/rating-summary.ts';
import { moderateReview } from '../../src/domains/reviews/review-writes.ts';
import { testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';

const RUNNER = fileURLToPath(new URL('./change-runner.ts', import.meta.url));

/** Starts the changes in a process of their own, and kills it as soon as the first of them shows. */
async function killWhen(shop: Shop, args: string[], shows: () => Promise<boolean>) {
  const { databaseName } = await testApp();
  const all = [RUNNER, inject('mongoUri'), databaseName, `${shop.tenant._id}`, ...args];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  await expect.poll(shows, { timeout: 60_000, interval: 10 }).toBe(true);
  child.kill('SIGKILL');
  await ended;
}

it('a rename whose process is killed among its products is finished by the clock', async () => {
  const shop = await openShop();
  const home = await shop.category('Home');
  const change = { at: new Date(), by: null };
  const documents = [...generatedProducts(1_500, 'USD', 1)].map(({ draft }) =>
    newProduct(draft, home, change),
  );
  await shop.db.collection(products).insertMany(documents);
  const renamed = (name: string) =>
    shop.db.collection(products).count({ 'category.name': name }, { limit: 5_000 });

  await killWhen(shop, ['rename', `${home._id}`], async () => (await renamed('Living')) > 0);
  expect((await shop.db.collection(categories).findOne({ _id: home._id }))?.copiesDueSince).not.toBeNull();
  await refreshAllDueCopies((await testApp()).database.systemDb('a test'));

  expect(await renamed('Living')).toBe(1_500);
}, 240_000);

it('reviews whose moderation is killed are counted exactly, then and after the repeat', async () => {
  const shop = await openShop();
  const product = await shop.product();
  const at = new Date();
  const waiting = Array.from({ length: 60 }, (_, i) => ({
    _id: new ObjectId(),
    ...{ productId: product._id, userId: null, userName: `Person ${i}`, title: null, comment: null },
    ...{ rating: ([1, 2, 3, 4, 5] as const)[i % 5] ?? 5, status: 'PENDING' as const },
    ...{ verifiedPurchase: false, helpfulCount: 0, createdAt: at, updatedAt: at },
  }));
  await shop.db.collection(reviews).insertMany(waiting);
  const exact = async () => {
    const approved = await shop.db.collection(reviews).find({ status: 'APPROVED' }, { limit: 100 });
    const stored = await shop.db.collection(products).findOne({ _id: product._id });
    expect(stored?.reviews).toEqual(summarise(approved));
    return approved.length;
  };

  await killWhen(
    shop,
    ['moderate', ...waiting.map(({ _id }) => `${_id}`)],
    async () => (await shop.db.collection(reviews).count({ status: 'APPROVED' }, { limit: 9 })) > 0,
  );
  expect(await exact()).toBeGreaterThan(0);
  for (const { _id } of waiting) {
    // mongod keeps what a killed process has open for a while.
    await patiently(
      () => shop.db.transaction((tx) => moderateReview(tx, { id: `${_id}`, status: 'APPROVED' })),
      Date.now() + 2 * PATIENCE_MS,
    );
  }
  expect(await exact()).toBe(60);
}, 240_000);
