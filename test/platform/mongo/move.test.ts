import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, inject, it } from 'vitest';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { placedCollections } from '../../../src/domains/registry.ts';
import { outbox } from '../../../src/platform/events/collections.ts';
import { openDatabase } from '../../../src/platform/mongo/client.ts';
import { fencedBy } from '../../../src/platform/mongo/fence.ts';
import { migrateUp } from '../../../src/platform/mongo/migrations.ts';
import { moveTenant } from '../../../src/platform/mongo/moving/move.ts';
import { placeFor } from '../../../src/platform/mongo/placements.ts';
import { type TestApp, testApp } from '../../support/app.ts';
import { atEnd } from '../../support/mongo.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const RESERVE = `mutation($sku: String!, $key: String) {
  inventoryReserve(input: { lines: [{ sku: $sku, quantity: 1 }], idempotencyKey: $key }) { reservation { id } userErrors { code message } }
}`;
const TAG = `mutation($id: ID!, $tag: String!) {
  productUpdate(input: { id: $id, tags: [$tag] }) { product { tags } userErrors { code message } }
}`;

let app: TestApp;
let shop: Shop;
let other: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  await migrateUp(app.database.places.main);
  app.database.places.follow();
  [shop, other] = [await openShop(), await openShop()];
  staff = await shop.staff();
  await other.product({ sku: 'OTHER' });
  const dedicated = app.database.client.db(`${app.databaseName}_shop_${shop.tenant._id}`);
  atEnd(() => dedicated.dropDatabase());
});

const moveTo = (to: string | null, onStep?: Parameters<typeof moveTenant>[0]['onStep']) =>
  moveTenant({
    ...{ database: app.database, tenantId: shop.tenant._id, to, declared: placedCollections },
    ...(onStep && { onStep }),
  });

it('moves a shop under its writers without losing or doubling anything, and back', async () => {
  const product = await shop.product({
    sku: 'MUG',
    variants: [
      {
        sku: 'MUG-1',
        attributes: {},
        quantity: 100_000,
        pricing: { basePrice: null, salePrice: null },
        media: [],
      },
    ],
  });
  const tenantId = shop.tenant._id;
  const main = app.database.places.main;
  for (const to of [placeFor(tenantId), null]) {
    let stopped = false;
    const reserved: string[] = [];
    const refused: unknown[] = [];
    let tags = 0;
    const reserve = async () => {
      while (!stopped) {
        const { data, errors } = await shop.request(RESERVE, { sku: 'MUG-1' }, staff);
        const id = data?.inventoryReserve?.reservation?.id;
        if (id) reserved.push(id);
        else refused.push(errors ?? data);
      }
    };
    const tag = async () => {
      while (!stopped) {
        const { data, errors } = await shop.request(TAG, { id: product._id, tag: `t${tags}` }, staff);
        if (data?.productUpdate?.product) tags += 1;
        else refused.push(errors ?? data);
      }
    };
    const writers = [reserve(), reserve(), tag()];
    await moveTo(to);
    await sleep(300);
    stopped = true;
    await Promise.all(writers);
    const home = app.database.places.dbOf(tenantId);
    expect(home.databaseName).toBe(app.database.places.at(to).databaseName);
    const ids = (
      await home
        .collection('reservations')
        .find({ tenantId }, { projection: { _id: 1 }, comment: 'system: test' })
        .toArray()
    ).map(({ _id }) => String(_id));
    expect(reserved.filter((id) => !ids.includes(id))).toEqual([]);
    expect(refused).toEqual([]);
    const found = await shop.db.collection(products).findOne({ _id: product._id });
    expect(found?.tags).toEqual([`t${tags - 1}`]);
    const left = app.database.places.at(to === null ? placeFor(tenantId) : null);
    expect(await left.collection('products').countDocuments({ tenantId }, { comment: 'system: test' })).toBe(
      0,
    );
    expect(reserved.length).toBeGreaterThan(10);
  }
  expect(await other.db.collection(products).count({}, { limit: 10 })).toBe(1);
  expect(main.databaseName).toBe(app.databaseName);
}, 60_000);

it('refuses in the old place what a process writes that does not know of the move, and has it written in the new one', async () => {
  const asleep = await openDatabase({ uri: inject('mongoUri'), name: app.databaseName, guard: true });
  atEnd(() => asleep.close());
  await moveTo(placeFor(shop.tenant._id));
  const db = asleep.tenantDb(shop.tenant._id);
  expect(asleep.places.placeOf(shop.tenant._id)).toBeNull();
  await db.collection(products).deleteMany({ sku: 'MUG' });
  expect(asleep.places.placeOf(shop.tenant._id)).toBe(placeFor(shop.tenant._id));
  expect(await shop.db.collection(products).count({ sku: 'MUG' }, { limit: 2 })).toBe(0);
  const listed = await app.database.places.main.listCollections({ name: outbox.name }).toArray();
  expect(
    fencedBy((listed[0] as { options?: { validator?: object } }).options?.validator).map(String),
  ).toContain(String(shop.tenant._id));
}, 30_000);

it('is open again where it was when a move fails behind the fence', async () => {
  const died = new Error('killed');
  await expect(
    moveTo(null, (step) => {
      if (step === 'FENCED') throw died;
    }),
  ).rejects.toThrow('killed');
  const created = await shop.product({ sku: 'AFTER' });
  expect(created.sku).toBe('AFTER');
}, 30_000);
