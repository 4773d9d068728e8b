import { beforeAll, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { catalogueCommands, plansOf } from '../search/plans.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

const LOW = `query ($threshold: Int, $first: Int, $after: String) {
  lowStock(threshold: $threshold, first: $first, after: $after) {
    nodes { product { name soldRecently } variants { sku inventory { available } } }
    pageInfo { endCursor hasNextPage }
  } }`;

let shop: Shop;
let staff: Record<string, string>;
type Node = { product: { name: string }; variants: { sku: string; inventory: { available: number } }[] };

const ask = async (variables: object = {}) => {
  const answer = await shop.request(LOW, { ...variables }, staff);
  expect(answer.errors).toBeUndefined();
  return answer.data.lowStock;
};
const shownAs = ({ product, variants }: Node) =>
  `${product.name}: ${variants.map(({ sku, inventory }) => `${sku} ${inventory.available}`).join(', ')}`;
const list = async (variables: object = {}) => (await ask(variables)).nodes.map(shownAs);

beforeAll(async () => {
  shop = await openShop();
  staff = await shop.staff('catalogue:read', 'analytics:read');
  const stock = (name: string, quantities: number[], sold: number, more = {}) =>
    shop
      .product({
        name,
        variants: quantities.map((quantity, at) => variantDraft({ sku: `${name}-${at}`, quantity })),
        ...more,
      })
      .then(({ _id }) => shop.db.collection(products).updateOne({ _id }, { $set: { soldRecently: sold } }));
  await stock('mug', [9, 5, 0], 3);
  await stock('pot', [4], 7);
  await stock('pan', [6, 100], 9);
  await stock('lid', [1], 0);
  await stock('draft', [0], 9, { status: 'DRAFT' });
});

it('has the products with a low variant, best sellers first, and of those the low variants', async () => {
  expect(await list()).toEqual(['pot: pot-0 4', 'mug: mug-2 0, mug-1 5', 'lid: lid-0 1']);
  expect(await list({ threshold: 0 })).toEqual(['mug: mug-2 0']);
  expect(await list({ threshold: 6 })).toContain('pan: pan-0 6');
});

it('goes by the threshold of the shop, page by page', async () => {
  const first = await ask({ first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await ask({ first: 2, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...rest.nodes].map(shownAs)).toEqual(await list());
  expect(rest.pageInfo.hasNextPage).toBe(false);
});

it('takes two commands, each by an index and without a sort in memory', async () => {
  const commands = await catalogueCommands(() => list());
  expect(commands).toHaveLength(2);
  const [listed] = await plansOf(commands.slice(0, 1));
  expect(JSON.stringify(listed)).toContain('soldRecently');
  expect(JSON.stringify(listed)).not.toMatch(/COLLSCAN|"SORT"/);
});

it('is for the staff, and refuses a threshold that is none', async () => {
  const { errors } = await shop.request(LOW, {}, await shop.staff('orders:read'));
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const refused = await shop.request(LOW, { threshold: -1 }, staff);
  expect(refused.errors?.[0]?.message).toBe('Between 0 and 1000000 pieces, not -1');
});

it('shows nothing of another shop', async () => {
  const other = await openShop();
  const answer = await other.request(LOW, {}, await other.staff('catalogue:read', 'analytics:read'));
  expect(answer.data.lowStock.nodes).toEqual([]);
});
