import { expect, it } from 'vitest';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { outbox } from '../../../src/platform/events/collections.ts';
import { idempotencyKeys } from '../../../src/platform/idempotency/collections.ts';
import { openShop } from '../../support/shop.ts';

const CREATE = `mutation ($input: ProductCreateInput!) { payload: productCreate(input: $input) {
  product { id name version } userErrors { code path ... on DuplicateError { existingId } } } }`;
const UPDATE = `mutation ($input: ProductUpdateInput!) { payload: productUpdate(input: $input) {
  product { name version } userErrors { code } } }`;
const LAMP = { sku: 'LAMP', name: 'Lamp', pricing: { basePrice: '5.00' } };

async function openStaffed() {
  const shop = await openShop();
  const staff = await shop.staff();
  const ask = async (query: string, input: object, headers = staff) => {
    const { data, errors } = await shop.request(query, { input }, headers);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.payload;
  };
  return { shop, ask };
}

it('answers a repeat what the first call was answered, whatever has happened since', async () => {
  const { shop, ask } = await openStaffed();
  const first = await ask(CREATE, { ...LAMP, idempotencyKey: 'one' });
  await ask(UPDATE, { id: first.product.id, name: 'Lantern' });

  expect(await ask(CREATE, { ...LAMP, idempotencyKey: 'one' })).toEqual(first);
  expect(await shop.db.collection(products).count({}, { limit: 9 })).toBe(1);
});

it('takes the fields of an input in any order for the same input', async () => {
  const { ask } = await openStaffed();
  const first = await ask(CREATE, { ...LAMP, idempotencyKey: 'one' });
  const { name, pricing, sku } = LAMP;
  expect(await ask(CREATE, { idempotencyKey: 'one', pricing, name, sku })).toEqual(first);
});

it('refuses another input under the same key, and changes nothing', async () => {
  const { shop, ask } = await openStaffed();
  await ask(CREATE, { ...LAMP, idempotencyKey: 'one' });
  const other = await ask(CREATE, { ...LAMP, sku: 'OTHER', idempotencyKey: 'one' });
  expect(other).toMatchObject({ product: null, userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }] });
  expect(await shop.db.collection(products).count({}, { limit: 9 })).toBe(1);
});

it('runs once what comes ten times at the same moment, and answers all the same', async () => {
  const { shop, ask } = await openStaffed();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => ask(CREATE, { ...LAMP, idempotencyKey: 'one' })),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0].userErrors).toEqual([]);
  expect(await shop.db.collection(outbox).count({ type: 'product.changed' }, { limit: 9 })).toBe(1);
});

it('keeps a refusal that came of the change, but not one of the input alone', async () => {
  const { shop, ask } = await openStaffed();
  const { product } = await ask(CREATE, LAMP);
  const refused = await ask(CREATE, { ...LAMP, name: 'Second', idempotencyKey: 'taken' });
  expect(refused.userErrors).toMatchObject([{ code: 'DUPLICATE', existingId: product.id }]);
  await shop.db.collection(products).deleteMany({});
  expect(await ask(CREATE, { ...LAMP, name: 'Second', idempotencyKey: 'taken' })).toEqual(refused);

  const amount = { ...LAMP, pricing: { basePrice: '5.001' }, idempotencyKey: 'mended' };
  expect((await ask(CREATE, amount)).userErrors).toMatchObject([{ code: 'INVALID' }]);
  expect((await ask(CREATE, { ...LAMP, idempotencyKey: 'mended' })).userErrors).toEqual([]);
});

it('tells the keys of two callers apart, and forgets a key after a day', async () => {
  const { shop, ask } = await openStaffed();
  await ask(CREATE, { ...LAMP, idempotencyKey: 'one' });
  const other = await ask(CREATE, { ...LAMP, sku: 'OTHER', idempotencyKey: 'one' }, await shop.staff());
  expect(other.userErrors).toEqual([]);
  const record = await shop.db.collection(idempotencyKeys).findOne({ key: 'one' });
  const hours = ((record?.expiresAt.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
});
