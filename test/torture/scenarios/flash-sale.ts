import { checkOut, makeCart, newLedger } from '../buying.ts';
import { Client } from '../client.ts';
import { figuresOf } from '../figures.ts';
import { openShop } from '../shop.ts';
import type { World } from '../world.ts';
import type { Run } from './scenario.ts';

const BUYERS = 200;
const UNITS = 50;

const about = {
  name: 'flash-sale',
  title: `${BUYERS} buyers at once, ${UNITS} pieces`,
  done: 'no fault',
  marks: { orders: UNITS },
};

export const flashSale: Run = { ...about, short: true, run };

async function run(world: World) {
  const shop = await openShop(world, [{ sku: 'DROP', stock: UNITS }]);
  const ledger = newLedger();
  const begun = Date.now();
  const carts = await Promise.all(
    Array.from({ length: BUYERS }, () =>
      makeCart(new Client(shop, ledger.calls), ledger, [{ sku: 'DROP', quantity: 1 }]),
    ),
  );
  await Promise.all(
    carts.map(async (cartId) => cartId && checkOut(new Client(shop, ledger.calls), ledger, cartId)),
  );
  return figuresOf(about, world, [{ shop, ledger, begun, ended: Date.now() }]);
}
