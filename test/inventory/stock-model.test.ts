import fc from 'fast-check';
import type { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { adjustInventory } from '../../src/domains/inventory/adjustments.ts';
import { returnStock } from '../../src/domains/inventory/arrivals.ts';
import { extendReservation, releaseReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { sweepReservations } from '../../src/domains/inventory/sweeping.ts';
import { readShop } from '../../src/domains/tenants/shop-settings.ts';
import { UserError } from '../../src/platform/errors.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { openShop, variantDraft } from '../support/shop.ts';
import { inventoryOf, stockFaults } from './stock-facts.ts';
import { StockModel } from './stock-model.ts';
import { MINUTE, openStock, sell, want } from './stock-shop.ts';

const { database } = await openStock();

const STOCKED = 12;
/** Two variants of one product, one of another, and one that may be sold before it is there. */
const SKUS = { 'A-1': false, 'A-2': false, 'B-1': false, 'C-1': true };

const sku = fc.constantFrom(...Object.keys(SKUS));
const which = fc.nat(20);
const line = fc.record({ sku, quantity: fc.integer({ min: 1, max: 7 }) });
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('reserve' as const),
      lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: (one) => one.sku }),
      minutes: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('release' as const), which }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('consume' as const), which }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('extend' as const), which, minutes: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('sweep' as const), minutes: fc.nat(12) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('adjust' as const),
      sku,
      delta: fc.integer({ min: -8, max: 8 }).filter((delta) => delta !== 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('return' as const),
      sku,
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Whether the shop did it; a refusal is an answer too. */
const done = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error) => {
      if (error instanceof UserError) return false;
      throw error;
    },
  );

class Play {
  readonly model = new StockModel(
    new Map(Object.entries(SKUS).map(([one, backorder]) => [one, { quantity: STOCKED, backorder }])),
  );
  readonly ids: ObjectId[] = [];
  readonly db: TenantDb;
  readonly start = Date.now();

  constructor(tenantId: ObjectId) {
    this.db = database.tenantDb(tenantId, { now: () => this.#now() });
  }

  #now = () => new Date(this.start + this.model.minute * MINUTE);

  /** What the model and the shop say to a step. */
  async take(step: Step): Promise<[boolean, boolean]> {
    const { model, db } = this;
    if (step.what === 'reserve') {
      const lines = step.lines.map((one) => want(one.sku, one.quantity));
      const held = reserveStock(db, { lines, ttlMs: step.minutes * MINUTE });
      const did = await done(held);
      if (did) this.ids.push((await held)._id);
      return [model.reserve(step.lines, step.minutes), did];
    }
    if (step.what === 'sweep') {
      model.sweep(step.minutes);
      await sweepReservations(database.systemDb('a property', { now: this.#now }));
      return [true, true];
    }
    if (step.what === 'adjust') {
      const input = { sku: step.sku, delta: step.delta, reason: 'count' };
      return [
        model.adjust(step.sku, step.delta),
        await done(db.transaction(async (tx) => adjustInventory(tx, input, { shop: await readShop(tx) }))),
      ];
    }
    if (step.what === 'return') {
      const product = await db.collection(products).findOne({ 'variants.sku': step.sku });
      const variant = product?.variants.find((one) => one.sku === step.sku);
      if (!product || !variant) throw new Error(`There is no variant ${step.sku}`);
      const back = { productId: product._id, variantId: variant._id, quantity: step.quantity };
      return [
        model.adjust(step.sku, step.quantity),
        await done(db.transaction((tx) => returnStock(tx, [back], 'returned'))),
      ];
    }
    const index = step.which % Math.max(this.ids.length, 1);
    const id = this.ids[index];
    if (!id) return [true, true];
    if (step.what === 'release') return [model.release(index), await done(releaseReservation(db, id))];
    if (step.what === 'consume') return [model.consume(index), await done(sell(db, { _id: id }))];
    return [model.extend(index, step.minutes), await done(extendReservation(db, id, step.minutes * MINUTE))];
  }
}

async function openPlay(): Promise<Play> {
  const shop = await openShop({ app: { database, url: '' } });
  const draft = (one: keyof typeof SKUS) => ({
    ...variantDraft({ sku: one, quantity: STOCKED }),
    backorder: SKUS[one],
  });
  await shop.product({ sku: 'A', variants: [draft('A-1'), draft('A-2')] });
  await shop.product({ sku: 'B', variants: [draft('B-1')] });
  await shop.product({ sku: 'C', variants: [draft('C-1')] });
  return new Play(shop.tenant._id);
}

it('stock is at every step what a model of it says, whatever is done in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      const play = await openPlay();
      for (const one of steps) {
        const [expected, did] = await play.take(one);
        expect(did, JSON.stringify(one)).toBe(expected);
        for (const each of Object.keys(SKUS))
          expect(await inventoryOf(play.db, each), each).toEqual(play.model.inventoryOf(each));
      }
      play.model.sweep(60);
      await sweepReservations(database.systemDb('a property', { now: () => play.db.now() }));
      for (const each of Object.keys(SKUS)) {
        expect(await inventoryOf(play.db, each)).toEqual(play.model.inventoryOf(each));
        expect(play.model.inventoryOf(each).reserved).toBe(0);
      }
      expect(await stockFaults(play.db, STOCKED)).toEqual([]);
    }),
    { numRuns: 6 },
  );
}, 120_000);
