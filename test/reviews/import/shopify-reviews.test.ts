import { createReadStream } from 'node:fs';
import { expect, it } from 'vitest';
import type { Fault } from '../../../src/domains/catalogue/import/import-source.ts';
import { type StatedReview, shopifyReviews } from '../../../src/domains/reviews/import/shopify-reviews.ts';
import { bytes } from '../../catalogue/import/sources.ts';

async function read(content: string | AsyncIterable<Uint8Array>) {
  const found: { reviews: StatedReview[]; faults: Fault[] } = { reviews: [], faults: [] };
  for await (const item of shopifyReviews(typeof content === 'string' ? bytes(content) : content)) {
    if (item.kind === 'review') found.reviews.push(item);
    else found.faults.push(...item.faults);
  }
  return found;
}
const fixture = () => createReadStream(new URL('fixtures/reviews.csv', import.meta.url));

it('reads the reviews of a file as plain text, without the addresses of their writers', async () => {
  const { reviews } = await read(fixture());
  expect(reviews.slice(0, 3)).toMatchObject([
    {
      line: 2,
      slug: 'fjord-parka',
      draft: {
        rating: 5,
        title: 'So warm',
        comment: 'I wear it every day.\nEven inside.',
        userName: 'Ada',
        status: 'APPROVED',
        createdAt: new Date('2025-01-05T00:00:00Z'),
      },
    },
    { line: 4, draft: { title: null, comment: 'Good & solid', createdAt: new Date('2025-02-06T09:30:00Z') } },
    {
      line: 5,
      draft: { comment: 'Runs small.', userName: 'Anonymous', createdAt: new Date('2025-03-07T09:00:00Z') },
    },
  ]);
  expect(JSON.stringify(reviews)).not.toContain('@');
});

it('refuses bad rows with line, column and reason', async () => {
  const { faults } = await read(fixture());
  expect(faults).toEqual([
    {
      line: 7,
      column: 'rating',
      product: 'enamel-mug',
      value: '6',
      reason: 'A rating is a whole number from 1 to 5',
    },
    {
      line: 8,
      column: 'review_date',
      product: 'enamel-mug',
      value: '2025-02-30',
      reason: 'This is not a date like 2025-03-14',
    },
  ]);
});

it('gives the same key to the same review, and another to any other', async () => {
  const { reviews } = await read(fixture());
  const keys = reviews.map(({ draft }) => draft.importKey);
  expect(keys.at(-1)).toBe(keys[3]);
  expect(new Set(keys).size).toBe(keys.length - 1);
  expect(keys.every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
});

it('takes the same words from two people for two reviews', async () => {
  const { reviews } = await read(
    'product_handle,rating,title,body,reviewer_name,reviewer_email,review_date\n' +
      'mug,5,Good,,Ada,ada@example.com,2025-01-01\n' +
      'mug,5,Good,,Ada,other@example.com,2025-01-01\n',
  );
  expect(new Set(reviews.map(({ draft }) => draft.importKey)).size).toBe(2);
});

it('takes other names of the columns, and holds back what was not published there', async () => {
  const { reviews } = await read(
    'product_handle,state,rating,title,author,email,body,created_at\n' +
      'mug,published,5,A,Ada,a@example.com,Good,2025-01-01\n' +
      'mug,unpublished,5,B,Ada,a@example.com,Good,2025-01-01\n' +
      'mug,spam,5,C,Ada,a@example.com,Good,2025-01-01\n',
  );
  expect(reviews.map(({ draft }) => `${draft.userName} ${draft.status}`)).toEqual([
    'Ada APPROVED',
    'Ada PENDING',
    'Ada REJECTED',
  ]);
});

it('refuses a file of products', async () => {
  await expect(read('Handle,Title,Variant Price\nmug,Mug,12')).rejects.toThrow(
    'This is not a CSV of reviews: there is no column "Rating"',
  );
});
