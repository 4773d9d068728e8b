import { setTimeout as sleep } from 'node:timers/promises';
import { buy, type Ledger, newLedger, oneOf } from './buying.ts';
import { type Goods, openShop, type Shop } from './shop.ts';
import type { World } from './world.ts';

/** More than anybody buys of most, and few of one, so that it could be oversold. */
export const GOODS: Goods[] = [
  { sku: 'MUG', stock: 1_000_000 },
  { sku: 'BOWL', stock: 1_000_000 },
  { sku: 'PLATE', stock: 1_000_000 },
  { sku: 'RARE', stock: 40 },
];
const PLENTY = GOODS.filter(({ sku }) => sku !== 'RARE');
const RARELY = 0.2;

/** A shop that was under load, with what its buyers heard, and from when to when. */
export type Loaded = { shop: Shop; ledger: Ledger; begun: number; ended: number };

/** Runs `harm` while so many workers buy without a pause; they end what they have begun when it is through. */
export async function underLoad(
  world: World,
  workers: number,
  harm: () => Promise<unknown>,
): Promise<Loaded> {
  const shop = await openShop(world, GOODS);
  const ledger = newLedger();
  const begun = Date.now();
  let harming = true;
  const work = async () => {
    while (harming) await buy(shop, ledger, someLines());
  };
  const working = Promise.all(Array.from({ length: workers }, work));
  try {
    await harm();
  } finally {
    harming = false;
    await working;
  }
  return { shop, ledger, begun, ended: Date.now() };
}

export const someLines = () => {
  const some = PLENTY.filter(() => Math.random() < 0.5);
  const chosen = some.length > 0 ? some : [oneOf(PLENTY)];
  const rare = Math.random() < RARELY ? [{ sku: 'RARE', quantity: 1 }] : [];
  return [...chosen.map(({ sku }) => ({ sku, quantity: 1 + Math.floor(Math.random() * 3) })), ...rare];
};

export const seconds = (count: number) => sleep(count * 1_000);
