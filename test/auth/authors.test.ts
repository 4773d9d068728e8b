import { expect, it } from 'vitest';
import { commandsOf } from '../support/app.ts';
import { openShop } from '../support/shop.ts';

const CREATE = `mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { slug } userErrors { message } } }`;
const AUTHORS = `query { products(sort: OLDEST) { nodes { slug createdBy { id name email } updatedBy { id } } } }`;

it('names to the staff who made and changed products, with one look-up for all, and not to shoppers', async () => {
  const shop = await openShop();
  const [first, second] = [await shop.person('MANAGER'), await shop.person('CATALOGUE')];
  for (const [n, author] of [first, second, first].entries()) {
    const input = {
      sku: `P-${n}`,
      name: `Product ${n}`,
      status: 'ACTIVE',
      pricing: { basePrice: '10.00' },
      variants: [{ sku: `P-${n}-1`, attributes: [] }],
    };
    const { data } = await shop.request(CREATE, { input }, author.headers);
    expect(data.productCreate.userErrors).toEqual([]);
  }
  await shop.product({ slug: 'imported' });

  let answer: Awaited<ReturnType<typeof shop.request>> | undefined;
  const sent = await commandsOf(async () => {
    answer = await shop.request(AUTHORS, {}, first.headers);
  });

  const of = ({ user }: typeof first) => ({ id: user._id.toHexString(), name: null, email: user.email });
  expect(answer?.data.products.nodes.map(({ createdBy }: { createdBy: unknown }) => createdBy)).toEqual([
    of(first),
    of(second),
    of(first),
    null,
  ]);
  expect(sent.filter(({ command }) => command.find === 'users')).toHaveLength(1);
  const { data, errors } = await shop.request(AUTHORS);
  expect(data.products.nodes[0].createdBy).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'catalogue:read' });
});

it('shows of who wrote a review no more than an id to others, and all to themselves', async () => {
  const shop = await openShop();
  const writer = await shop.person();
  const product = await shop.product({ slug: 'reviewed' });
  const submit =
    'mutation ($input: ReviewSubmitInput!) { reviewSubmit(input: $input) { review { user { id email } } userErrors { message } } }';
  const input = { productId: product._id, rating: 5 };
  const { data } = await shop.request(submit, { input }, writer.headers);
  const id = writer.user._id.toHexString();
  expect(data.reviewSubmit).toMatchObject({
    review: { user: { id, email: writer.user.email } },
    userErrors: [],
  });

  const staff = (await shop.person('OWNER')).headers;
  const reviews = '{ reviewsToModerate(first: 5) { nodes { user { id email } } } }';
  expect((await shop.request(reviews, {}, staff)).data.reviewsToModerate.nodes).toMatchObject([
    { user: { id, email: writer.user.email } },
  ]);
  const onlyReviews = await shop.staff('reviews:moderate');
  const seen = await shop.request(reviews, {}, onlyReviews);
  expect(seen.data.reviewsToModerate.nodes).toEqual([{ user: null }]);
  expect(seen.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: 'users:read' } }]);
});
