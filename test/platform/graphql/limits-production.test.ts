import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { reviews } from '../../../src/domains/reviews/collections.ts';
import { startTestApp } from '../../support/app.ts';
import { openShop } from '../../support/shop.ts';

const app = await startTestApp({ NODE_ENV: 'production', LOG_LEVEL: 'silent' });
const shop = await openShop({ app });
const open = await openShop();

const messages = ({ errors }: Awaited<ReturnType<typeof shop.request>>) =>
  errors?.map(({ message }) => message).join();

describe('in production', () => {
  it.each(['{ __schema { types { name } } }', '{ __type(name: "Product") { name } }'])(
    'the schema cannot be asked for: %s',
    async (query) => {
      const answer = await shop.request(query);
      expect(answer.status).toBe(400);
      expect(messages(answer)).toContain('introspection is not allowed');
      expect((await open.request(query)).errors).toBeUndefined();
    },
  );

  it('__typename still answers, for clients need it', async () => {
    expect((await shop.request('{ __typename shop { __typename } }')).data).toEqual({
      __typename: 'Query',
      shop: { __typename: 'Shop' },
    });
  });

  it('there is no playground', async () => {
    for (const path of ['/playground', '/graphql']) {
      const response = await fetch(`${shop.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.status).toBe(404);
    }
  });

  const FILTER = 'query ($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }';
  const mistakes: [string, string, Record<string, unknown>][] = [
    ['a field', '{ shop { nam } }', {}],
    ['an argument', '{ product(slag: "x") { id } }', {}],
    ['a type', 'query ($f: ProductFilte) { products(filter: $f) { nodes { id } } }', {}],
    ['a fragment', '{ product(id: "1") { ...Nam } } fragment Name on Product { id }', {}],
    ['a type in a fragment', '{ product(id: "1") { ... on Produc { id } } }', {}],
    ['a directive', '{ shop { name @skipp(if: true) } }', {}],
    ['a value of an enum', '{ products(sort: NEWES) { nodes { id } } }', {}],
    [
      'an enum in a variable',
      'query ($s: ProductSort) { products(sort: $s) { nodes { id } } }',
      { s: 'NEWES' },
    ],
    ['a field of an input', '{ products(filter: { tagIn: ["a"] }) { nodes { id } } }', {}],
    ['a field of an input in a variable', FILTER, { filter: { tagIn: ['a'] } }],
  ];

  it.each(mistakes)('no name is guessed at for a mistake in %s', async (_, query, variables) => {
    const answer = await shop.request(query, variables);
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(messages(answer)).not.toMatch(/did you mean/i);
  });

  it('names are guessed at elsewhere', async () => {
    const guessed = await Promise.all(
      mistakes.map(async ([, query, variables]) => messages(await open.request(query, variables))),
    );
    expect(guessed.filter((message) => /did you mean/i.test(message ?? '')).length).toBeGreaterThan(6);
  });

  it('what is behind our own fault is not told, but the id to ask for it', async () => {
    await shop.db.collection(reviews).insertOne(orphan());
    const headers = { ...(await shop.staff()), 'x-request-id': 'fault-1' };
    const answer = await shop.request('{ reviewsToModerate { nodes { product { name } } } }', {}, headers);
    expect(answer.errors).toEqual([
      {
        message: 'Something went wrong on our side',
        path: ['reviewsToModerate', 'nodes', 0, 'product'],
        locations: [{ line: 1, column: 31 }],
        extensions: { code: 'INTERNAL', requestId: 'fault-1' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/Review of product|\.ts|at async/);
  });

  it('expected errors are told as they are', async () => {
    const { errors } = await shop.request('{ reviewsToModerate { nodes { id } } }');
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'reviews:moderate' });
    expect(errors?.[0]?.message).toBe('This needs the permission reviews:moderate');
  });
});

/** A review of a product that is not there, which cannot happen. */
const orphan = () => ({
  _id: new ObjectId(),
  productId: new ObjectId(),
  userId: null,
  userName: 'Ada',
  rating: 5 as const,
  title: null,
  comment: null,
  status: 'PENDING' as const,
  verifiedPurchase: false,
  helpfulCount: 0,
  createdAt: new Date(),
  updatedAt: new Date(),
});
