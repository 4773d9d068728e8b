import { buy, makeCart, newLedger } from '../buying.ts';
import { type Call, Client } from '../client.ts';
import { type Figures, figuresOf } from '../figures.ts';
import { GOODS, seconds, someLines } from '../load.ts';
import { openShop } from '../shop.ts';
import { paced, Visitors, WHO } from '../visiting.ts';
import { HEALTHY, loadNow, rowsOf, type Waits, type Window } from '../waits.ts';
import type { Redis, World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const about = {
  name: 'redis-away',
  title: 'Redis slow, frozen, killed, back empty',
  marks: { gapMs: 1_000 },
};

export const redisAway: Run = { ...about, done: '', short: false, run };

const SLOW_MS = 2_000;
/** Until all is as it was, and longer than Souk lets Redis rest: what the way back costs belongs to the state. */
const BACK_SECONDS = 2;
const WARM_SECONDS = 6;
const ROUNDS = 4;
const PEOPLE = 6;
/** Each second: what a machine that also runs the servers bears without a queue, which would hide what is looked for. */
const PACE = { page: 15, pageSignedIn: 15, cart: 15, me: 6, signIn: 0.4, order: 4 };
/** Of calls the table has room for; the others are judged by their errors. */
const MEASURED = [
  ...['product page', 'product page, signed in', 'cart', WHO],
  ...['cartCreate', 'cartLinesAdd', 'checkoutComplete', 'orderPay'],
];

type State = { name: string; begin: (redis: Redis) => unknown; end: (redis: Redis) => unknown };

const STATES: State[] = [
  { name: 'slow by 2 s', begin: ({ way }) => way.delay(SLOW_MS), end: ({ way }) => way.delay(0) },
  { name: 'frozen', begin: ({ process }) => process.freeze(), end: ({ process }) => process.thaw() },
  { name: 'killed', begin: ({ process }) => process.kill(), end: () => {} },
  { name: 'back empty', begin: (redis) => redis.restart(), end: () => {} },
];

async function run(world: World, { seconds: around }: Extent): Promise<Figures> {
  const shop = await openShop(world, GOODS);
  const ledger = newLedger();
  const visitors = new Visitors(shop);
  for (let n = 0; n < PEOPLE; n++) await visitors.signUp();
  const cartId = await makeCart(new Client(shop, ledger.calls), ledger, [{ sku: 'PLATE', quantity: 3 }]);
  const before = loadNow();
  const begun = Date.now();
  let isOver = false;
  const often = (perSecond: number, ask: () => Promise<unknown>) => paced(perSecond, () => isOver, ask);
  const visiting = Promise.all([
    often(PACE.page, () => visitors.page('goods-mug', 'Goods MUG')),
    often(PACE.pageSignedIn, () => visitors.pageSignedIn('goods-bowl', 'Goods BOWL')),
    often(PACE.cart, () => visitors.cart(cartId ?? '', 3)),
    often(PACE.me, () => visitors.me()),
    often(PACE.signIn, () => visitors.signIn()),
    often(PACE.order, () => buy(shop, ledger, someLines())),
  ]);
  const windows = await inStates(world.redis, around).finally(async () => {
    isOver = true;
    await visiting;
  });
  const waits = waitsOf(windows, [...visitors.calls, ...ledger.calls], [before, loadNow()]);
  const load = { shop, ledger, begun, ended: Date.now() };
  const figures = await figuresOf({ ...about, done: `${around} s each` }, world, [load]);
  return {
    ...figures,
    errors: [...figures.errors, ...visitors.calls.flatMap(({ errors }) => errors)],
    waits,
  };
}

/** Each state by turns with the healthy one, so that a machine that grows busier does so for all of them. */
async function inStates(redis: Redis, around: number): Promise<Window[]> {
  const windows: Window[] = [];
  const during = async (state: string, work: () => Promise<unknown>) => {
    const from = Date.now();
    await work();
    windows.push({ state, from, to: Date.now() });
  };
  await seconds(WARM_SECONDS);
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, begin, end } of STATES) {
      // Nothing is healthy between a Redis that is killed and one that is back.
      if (name !== 'back empty') await during(HEALTHY, () => seconds(around / 6));
      await during(name, async () => {
        await begin(redis);
        await seconds(around / ROUNDS);
        await end(redis);
        if (name !== 'killed') await seconds(BACK_SECONDS);
      });
    }
  return windows;
}

function waitsOf(windows: Window[], calls: Call[], load: [number, number]): Waits {
  const asked = calls.filter(({ name }) => name === WHO);
  return {
    states: [...new Set(windows.map(({ state }) => state))],
    rows: rowsOf(windows, calls, MEASURED),
    people: { asked: asked.length, signedOut: asked.filter(({ errors }) => errors.length > 0).length },
    load,
  };
}
