import type { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { summarise } from '../../src/domains/reviews/rating-summary.ts';
import { happen, paidOrder, placedOrder, refunded } from '../support/orders.ts';
import { openShop, type Shop } from '../support/shop.ts';

const SUBMIT = `mutation ($input: ReviewSubmitInput!) { payload: reviewSubmit(input: $input) {
  review { id status rating title userName verifiedPurchase } userErrors { code path } } }`;
const MODERATE = `mutation ($input: ReviewModerateInput!) { payload: reviewModerate(input: $input) {
  review { id status product { reviewSummary { count average recent { userName comment } } } } userErrors { code path } } }`;
const VOTE = `mutation ($input: ReviewVoteInput!) { payload: reviewVote(input: $input) { review { helpfulCount } userErrors { code } } }`;

const signedIn = async (shop: Shop) => (await shop.person()).headers;

async function openReviewed() {
  const shop = await openShop();
  const product = await shop.product({ slug: 'mug' });
  const staff = await shop.staff('reviews:moderate');
  const ask = async (query: string, input: object, headers: Record<string, string>) => {
    const answer = await shop.request(query, { input }, headers);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.payload;
  };
  return {
    shop,
    product,
    submit: (headers: Record<string, string>, input: object = {}) =>
      ask(SUBMIT, { productId: `${product._id}`, rating: 5, ...input }, headers),
    moderate: (id: string, status = 'APPROVED') => ask(MODERATE, { id, status }, staff),
    vote: (headers: Record<string, string>, input: object) => ask(VOTE, input, headers),
    summary: async () =>
      (
        await shop.request(
          '{ product(slug: "mug") { reviewSummary { count average distribution { rating count } } } }',
        )
      ).data.product.reviewSummary,
  };
}

it('shows a review, and counts it, once the staff approves it', async () => {
  const { shop, submit, moderate, summary } = await openReviewed();
  const { review } = await submit(await signedIn(shop), { rating: 4, title: 'Good', userName: 'Ada' });
  expect(review).toMatchObject({ status: 'PENDING', rating: 4, userName: 'Ada' });
  expect((await summary()).count).toBe(0);
  expect(
    (await shop.request('{ product(slug: "mug") { reviews { nodes { id } } } }')).data.product.reviews.nodes,
  ).toEqual([]);

  await moderate(review.id);

  expect(await summary()).toMatchObject({ count: 1, average: 4 });
  expect(
    (await shop.request('{ product(slug: "mug") { reviews { nodes { id } } } }')).data.product.reviews.nodes,
  ).toEqual([{ id: review.id }]);
  await moderate(review.id, 'REJECTED');
  expect(await summary()).toMatchObject({ count: 0, average: null });
});

it('takes a second review of the same person as a change of the first, to be read again', async () => {
  const { shop, submit, moderate, summary } = await openReviewed();
  const ada = await signedIn(shop);
  const first = await submit(ada, { rating: 5 });
  await moderate(first.review.id);
  const second = await submit(ada, { rating: 2 });
  expect(second.review).toMatchObject({ id: first.review.id, status: 'PENDING', rating: 2 });
  expect((await summary()).count).toBe(0);
});

it('ends with an exact summary after 50 parallel reviews of one product', async () => {
  const { shop, product, submit, moderate, summary } = await openReviewed();
  const people = await Promise.all(Array.from({ length: 50 }, () => signedIn(shop)));
  const submitted = await Promise.all(people.map((person, i) => submit(person, { rating: 1 + (i % 5) })));
  const moderated = await Promise.all(submitted.map(({ review }) => moderate(review.id)));
  expect(moderated.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(await summary()).toEqual({
    count: 50,
    average: 3,
    distribution: [5, 4, 3, 2, 1].map((rating) => ({ rating, count: 10 })),
  });
  const stored = await shop.db.collection(products).findOne({ _id: product._id });
  const all = await shop.db.collection(reviews).find({ status: 'APPROVED' }, { limit: 100 });
  expect(stored?.reviews).toEqual(summarise(all));
  expect(stored?.reviews.recent).toHaveLength(10);
}, 120_000);

it('counts one vote a person, and takes it back', async () => {
  const { shop, submit, moderate, vote } = await openReviewed();
  const { review } = await submit(await signedIn(shop));
  await moderate(review.id);
  const [bob, cleo] = [await signedIn(shop), await signedIn(shop)];
  await vote(bob, { id: review.id });
  expect((await vote(bob, { id: review.id })).review.helpfulCount).toBe(1);
  expect((await vote(cleo, { id: review.id })).review.helpfulCount).toBe(2);
  expect((await vote(bob, { id: review.id, helpful: false })).review.helpfulCount).toBe(1);
  expect((await vote(bob, { id: review.id, helpful: false })).review.helpfulCount).toBe(1);
});

it('queues what waits for the staff, longest waiting first', async () => {
  const { shop, submit } = await openReviewed();
  const ids = [];
  for (let i = 0; i < 2; i++) ids.push((await submit(await signedIn(shop))).review.id);
  const query = '{ reviewsToModerate { nodes { id } totalCount } }';
  expect(
    (await shop.request(query, {}, await shop.staff('reviews:moderate'))).data.reviewsToModerate,
  ).toEqual({
    nodes: ids.map((id) => ({ id })),
    totalCount: 2,
  });
  expect((await shop.request(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it.each([
  ['a rating of six', { rating: 6 }, ['input', 'rating']],
  ['a product that is not there', { productId: '0123456789abcdef01234567' }, ['input', 'productId']],
  ['a headline of 201 letters', { title: 'x'.repeat(201) }, ['input', 'title']],
])('refuses %s', async (_, input, path) => {
  const { shop, submit } = await openReviewed();
  expect((await submit(await signedIn(shop), input)).userErrors).toMatchObject([{ path }]);
});

it('asks a person who is not signed in to sign in', async () => {
  const { shop, product } = await openReviewed();
  const { errors } = await shop.request(SUBMIT, { input: { productId: `${product._id}`, rating: 5 } });
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

it('knows who has bought the product: paid, not cancelled and not paid back', async () => {
  const { shop, product, submit } = await openReviewed();
  const { db } = shop;
  const [bought, other] = [{ lines: [{ product }] }, { lines: [{ product: await shop.product() }] }];
  const isVerified = async (userId: ObjectId, headers: Record<string, string>) =>
    (await submit(headers, { comment: `of ${userId}` })).review.verifiedPurchase;
  const { user, headers } = await shop.person();
  const userId = user._id;

  await paidOrder(db, { ...other, userId });
  await paidOrder(db, { ...bought, email: user.email });
  const placed = await placedOrder(db, { ...bought, userId });
  expect(await isVerified(userId, headers)).toBe(false);
  const order = await paidOrder(db, { ...bought, userId });
  expect(await isVerified(userId, headers)).toBe(true);
  await happen(db, order, ...refunded(order, order.totals.total));
  await happen(db, placed, { type: 'cancelled', reason: null });
  expect(await isVerified(userId, headers)).toBe(false);
});
