import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { promotions, redemptions } from '../../src/domains/promotions/collections.ts';
import type { Customer } from '../../src/domains/promotions/customers.ts';
import { redeemCodes, returnCodes } from '../../src/domains/promotions/redemptions.ts';
import { UserError } from '../../src/platform/errors.ts';
import { openShop, type Shop } from '../support/shop.ts';

const CREATE = `mutation ($input: PromotionCreateInput!) { promotionCreate(input: $input) { promotion { id } userErrors { message } } }`;

async function openWith(...codes: { code: string; [limit: string]: unknown }[]) {
  const shop = await openShop();
  const headers = await shop.staff('promotions:write');
  for (const code of codes) {
    const input = { type: 'PERCENTAGE', value: '10', combinable: true, ...code };
    const { data } = await shop.request(CREATE, { input }, headers);
    expect(data.promotionCreate.userErrors).toEqual([]);
  }
  return shop;
}

/** An order of its own that uses the codes; how it went. */
async function redeem(shop: Shop, codes: string[], customer: Customer = {}, orderId = new ObjectId()) {
  try {
    await shop.db.transaction((tx) => redeemCodes(tx, codes, { customer, orderId }));
    return 'redeemed';
  } catch (error) {
    if (error instanceof UserError) return error.data.state;
    throw error;
  }
}

const times = <T>(n: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));
const count = (outcomes: unknown[], outcome: string) => outcomes.filter((one) => one === outcome).length;
const usedCount = async (shop: Shop) => (await shop.db.collection(promotions).findOne({}))?.usedCount;
const rows = (shop: Shop) => shop.db.collection(redemptions).count({}, { limit: 200 });

it('lets exactly 10 of 50 orders at once have a code that is limited to 10', async () => {
  const shop = await openWith({ code: 'TEN', usageLimit: 10 });
  const outcomes = await times(50, () => redeem(shop, ['ten']));
  expect([count(outcomes, 'redeemed'), count(outcomes, 'CODE_USED_UP')]).toEqual([10, 40]);
  expect([await usedCount(shop), await rows(shop)]).toEqual([10, 10]);
});

it('lets all of 30 orders at once have a hot code that has enough uses, counted or not', async () => {
  const counted = await openWith({ code: 'HOT', usageLimit: 1_000 });
  const uncounted = await openWith({ code: 'HOT' });
  const outcomes = [
    ...(await times(30, () => redeem(counted, ['HOT']))),
    ...(await times(30, () => redeem(uncounted, ['HOT']))),
  ];
  expect(count(outcomes, 'redeemed')).toBe(60);
  expect([await usedCount(counted), await rows(counted), await rows(uncounted)]).toEqual([30, 30, 30]);
});

it('lets one of 5 orders of a customer at once have a code that is once per customer', async () => {
  const shop = await openWith({ code: 'FIRST', perCustomerLimit: 1 });
  const userId = new ObjectId();
  const outcomes = await times(5, () => redeem(shop, ['FIRST'], { userId }));
  expect([count(outcomes, 'redeemed'), count(outcomes, 'CODE_USED_UP_BY_CUSTOMER')]).toEqual([1, 4]);
  expect(await redeem(shop, ['FIRST'], { userId: new ObjectId() })).toBe('redeemed');
});

it('knows a customer again by account or by address, whichever is given', async () => {
  const shop = await openWith({ code: 'TWICE', perCustomerLimit: 2 });
  const userId = new ObjectId();
  expect(await redeem(shop, ['TWICE'], { userId, email: 'Ada@example.com' })).toBe('redeemed');
  expect(await redeem(shop, ['TWICE'], { email: ' ada@EXAMPLE.com' })).toBe('redeemed');
  expect(await redeem(shop, ['TWICE'], { email: 'ada@example.com' })).toBe('CODE_USED_UP_BY_CUSTOMER');
  expect(await redeem(shop, ['TWICE'], { userId })).toBe('redeemed');
  expect(await redeem(shop, ['TWICE'], { userId })).toBe('CODE_USED_UP_BY_CUSTOMER');
  expect(await redeem(shop, ['TWICE'])).toBe('CODE_NEEDS_CUSTOMER');
});

it('keeps no address in the clear', async () => {
  const shop = await openWith({ code: 'X' });
  await redeem(shop, ['X'], { email: 'ada@example.com' });
  expect(JSON.stringify(await shop.db.collection(redemptions).findOne({}))).not.toContain('ada');
});

it('counts all codes of an order or none', async () => {
  const shop = await openWith({ code: 'A', usageLimit: 5 }, { code: 'B', usageLimit: 1 });
  expect(await redeem(shop, ['A', 'B'])).toBe('redeemed');
  expect(await redeem(shop, ['A', 'B'])).toBe('CODE_USED_UP');
  const found = await shop.db.collection(promotions).find({}, { limit: 2, sort: { codeKey: 1 } });
  expect(found.map((promotion) => promotion.usedCount)).toEqual([1, 1]);
});

it('counts a code once for an order', async () => {
  const shop = await openWith({ code: 'A', usageLimit: 5 });
  const orderId = new ObjectId();
  await redeem(shop, ['A', ' a '], {}, orderId);
  await expect(redeem(shop, ['A'], {}, orderId)).rejects.toMatchObject({ code: 11000 });
  expect([await usedCount(shop), await rows(shop)]).toEqual([1, 1]);
});

it('gives back what a cancelled order used, once', async () => {
  const shop = await openWith({ code: 'ONE', usageLimit: 1, perCustomerLimit: 1 });
  const [orderId, userId] = [new ObjectId(), new ObjectId()];
  await redeem(shop, ['ONE'], { userId }, orderId);
  const back = () => shop.db.transaction((tx) => returnCodes(tx, orderId));
  expect([await back(), await back()]).toEqual([1, 0]);
  expect([await usedCount(shop), await rows(shop)]).toEqual([0, 0]);
  expect(await redeem(shop, ['ONE'], { userId })).toBe('redeemed');
});

it.each([
  ['is not there', {}, 'GONE', 'CODE_UNKNOWN'],
  ['was switched off', { isActive: false }, 'X', 'CODE_UNKNOWN'],
  ['is over', { endsAt: '2020-01-01T00:00:00Z' }, 'X', 'CODE_EXPIRED'],
  ['has not begun', { startsAt: '2999-01-01T00:00:00Z' }, 'X', 'CODE_NOT_STARTED'],
])('refuses a code that %s', async (_, limits, code, state) => {
  const shop = await openWith({ code: 'X', ...limits });
  expect(await redeem(shop, [code])).toBe(state);
});

it('uses the codes of its own shop alone', async () => {
  const [here, there] = [
    await openWith({ code: 'SAME', usageLimit: 1 }),
    await openWith({ code: 'SAME', usageLimit: 1 }),
  ];
  expect(await redeem(here, ['SAME'])).toBe('redeemed');
  expect(await redeem(there, ['SAME'])).toBe('redeemed');
});
