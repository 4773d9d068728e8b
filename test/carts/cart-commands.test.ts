import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { plansOf } from '../search/plans.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { addCode, changed } from './requests.ts';

describe('commands', () => {
  const FULL = `query ($id: ID!) { cart(id: $id) { totals { total { amount } } discountCodes { isApplied } hasWarnings
    lines { total { amount } product { name slug category { name } media { url } } variant { attributes { name } } } } }`;

  async function openWithEight() {
    const shop = await openShop();
    for (let i = 0; i < 8; i++) await shop.product({ sku: `P-${i}` });
    const lines = Array.from({ length: 8 }, (_, i) => ({ sku: `P-${i}`, quantity: 2 }));
    const { id } = await changed(shop, 'cartCreate', {});
    return { shop, lines, id };
  }

  it('three read a cart with codes, its lines, prices, products and variants', async () => {
    const { shop, lines, id } = await openWithEight();
    await changed(shop, 'cartLinesAdd', { cartId: id, lines });
    await changed(shop, 'cartDiscountCodesSet', { cartId: id, codes: ['A', 'B'] });
    let answer: Awaited<ReturnType<Shop['request']>> | undefined;
    const sent = await commandsOf(async () => {
      answer = await shop.request(FULL, { id });
    });
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.cart.lines).toHaveLength(8);
    expect(sent.map(({ command, name }) => command[name]).sort()).toEqual([
      'carts',
      'products',
      'promotions',
    ]);
  });

  it('four add eight lines and answer the whole cart, beside the two of the idempotency key', async () => {
    const { shop, lines, id } = await openWithEight();
    const sent = await commandsOf(() => changed(shop, 'cartLinesAdd', { cartId: id, lines }));
    expect(sent.map(({ command, name }) => `${name} ${command[name]}`)).toEqual([
      'insert idempotency_keys',
      'find carts',
      'find products',
      'findAndModify carts',
      'update idempotency_keys',
      'find products',
    ]);
  });

  it('find the cart of somebody, and what a customer has used, by an index', async () => {
    const { shop } = await openWithEight();
    const { headers } = await shop.person();
    await addCode(shop, { code: 'FIRST', perCustomerLimit: 1 });
    const input = { lines: [{ sku: 'P-0' }], discountCodes: ['FIRST'] };
    const sent = await commandsOf(() => changed(shop, 'cartCreate', input, headers));
    const reads = sent.filter(
      ({ command }) => command.find === 'carts' || command.aggregate === 'promotions',
    );
    const plans = await plansOf(reads);
    expect(plans).toMatchObject([
      { collection: 'carts', indexes: ['tenantId_1_userId_1'] },
      { collection: 'promotions', indexes: ['tenantId_1_codeKey_1'] },
    ]);
    const uses = await explained(reads.find(({ name }) => name === 'aggregate')?.command);
    expect(uses).toMatchObject({
      collectionScans: 0,
      indexesUsed: ['tenantId_1_promotionId_1_customers_1_use_1'],
    });
  });
});

/** How the joined collection was read. */
async function explained({ aggregate, pipeline }: Document = {}) {
  const { database } = await testApp();
  const db = database.systemDb('explain a command of a test').raw;
  const explain = { aggregate, pipeline, cursor: {} };
  const { stages } = await db.command({ explain, verbosity: 'executionStats' });
  const { collectionScans, indexesUsed } = stages.find((stage: Document) => stage.$lookup);
  return { collectionScans: Number(collectionScans), indexesUsed };
}
