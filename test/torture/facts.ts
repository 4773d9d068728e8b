import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { checkData } from '../../src/domains/checks/check-data.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import type { Order } from '../../src/domains/orders/documents.ts';
import { payments } from '../../src/domains/payments/collections.ts';
import { testCharges } from '../../src/domains/payments/test-charges.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import type { Ledger } from './buying.ts';
import type { Loaded } from './load.ts';
import { leftOf } from './settle.ts';
import type { Goods } from './shop.ts';

const MOST = 1_000_000;

/** What is wrong with a shop after all that was done to it: a line for each fault, under the mark that it misses. */
export type Faults = Record<
  'lost' | 'oversold' | 'duplicates' | 'stock' | 'left' | 'outbox' | 'checkData' | 'money',
  string[]
>;

export async function faultsOf({ shop, ledger }: Pick<Loaded, 'shop' | 'ledger'>): Promise<Faults> {
  const { db, goods } = shop;
  const all = await db.collection(orders).find({}, { limit: MOST });
  const stock = await stockOf(db);
  return {
    lost: lostOf(ledger, all),
    oversold: oversoldOf(goods, all, stock),
    duplicates: [
      ...twice('cart', all, ({ cartId }) => cartId),
      ...twice('number', all, ({ number }) => number),
    ],
    stock: [...wrongStock(goods, all, stock), ...(await wrongMovements(db, all))],
    left: await leftovers(db, stock),
    outbox: await wrongOutbox(db, all),
    checkData: await differences(db),
    money: await wrongMoney(db, all),
  };
}

/** Orders that somebody was told of and that are not there, or not what was told. */
function lostOf({ orders: told }: Ledger, all: Order[]): string[] {
  const byId = new Map(all.map((order) => [String(order._id), order]));
  return told.flatMap(({ orderId, cartId, number, total, paymentStatus }) => {
    const order = byId.get(orderId);
    if (!order) return [`order ${number} is not there`];
    const isSame = order.cartId === cartId && order.number === number && order.totals.total === total;
    if (!isSame) return [`order ${number} is another one than was told`];
    const isPaid = order.paymentStatus === 'PAID';
    return paymentStatus === 'PAID' && !isPaid ? [`order ${number} is not paid, as was told`] : [];
  });
}

type Stock = Map<string, { quantity: number; reserved: number; available: number; holds: number }>;

async function stockOf(db: TenantDb): Promise<Stock> {
  const all = await db.collection(products).find({}, { limit: MOST });
  return new Map(
    all.flatMap(({ variants, holds }) =>
      variants.map(({ sku, inventory: { quantity, reserved, available } }) => [
        sku,
        { quantity, reserved, available, holds: holds.length },
      ]),
    ),
  );
}

const soldOf = (all: Order[], sku: string) =>
  all.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);

const oversoldOf = (goods: Goods[], all: Order[], stock: Stock): string[] =>
  goods.flatMap(({ sku, stock: stocked }) => {
    const sold = soldOf(all, sku);
    const { quantity = -1, available = -1 } = stock.get(sku) ?? {};
    return sold > stocked || quantity < 0 || available < 0
      ? [`${sku}: ${sold} of ${stocked} sold, ${quantity} left, ${available} available`]
      : [];
  });

const twice = (what: string, all: Order[], keyOf: (order: Order) => string): string[] =>
  [...Map.groupBy(all, keyOf)]
    .filter(([, same]) => same.length > 1)
    .map(([key, same]) => `${same.length} orders have the ${what} ${key}`);

const wrongStock = (goods: Goods[], all: Order[], stock: Stock): string[] =>
  goods.flatMap(({ sku, stock: stocked }) => {
    const should = stocked - soldOf(all, sku);
    const is = stock.get(sku)?.quantity;
    return is === should ? [] : [`${sku}: ${is} there, ${should} expected`];
  });

/** Each line of an order has its line in the ledger, and the other way round. */
async function wrongMovements(db: TenantDb, all: Order[]): Promise<string[]> {
  const ledger = await db.collection(stockMovements).find({ quantity: { $lt: 0 } }, { limit: MOST });
  const moved = ledger.map(({ reason, sku, quantity }) => `${reason}: ${-quantity} ${sku}`);
  const sold = all.flatMap(({ number, lines }) =>
    lines.map(({ sku, quantity }) => `order ${number}: ${quantity} ${sku}`),
  );
  return [
    ...without(sold, moved).map((line) => `${line} is not in the ledger`),
    ...without(moved, sold).map((line) => `${line} is in the ledger without an order`),
  ];
}

/** What `lines` has more often than `others`. */
function without(lines: string[], others: string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

async function leftovers(db: TenantDb, stock: Stock): Promise<string[]> {
  const left = await leftOf(db);
  const held = [...stock].filter(([, { reserved, holds }]) => reserved !== 0 || holds !== 0);
  const sold = await db.collection(reservations).count({ state: 'CONSUMED' }, { limit: MOST });
  const bought = await db.collection(orders).count({}, { limit: MOST });
  return [
    ...(left > 0 ? [`${left} reservations or payments are not brought to their end`] : []),
    ...held.map(([sku, { reserved, holds }]) => `${sku}: ${reserved} reserved, ${holds} holds`),
    ...(sold === bought ? [] : [`${sold} reservations sold, ${bought} orders`]),
  ];
}

async function wrongOutbox(db: TenantDb, all: Order[]): Promise<string[]> {
  const events = await db.collection(outbox).find({ type: 'order.placed' }, { limit: MOST });
  const told = events.map(({ subject }) => subject);
  const placed = all.map(({ _id }) => `order:${_id}`);
  return [
    ...without(placed, told).map((subject) => `${subject} is not told`),
    ...without(told, placed).map((subject) => `${subject} is told once too often`),
  ];
}

/** Also whether each order is the sum of its events. */
async function differences(db: TenantDb): Promise<string[]> {
  const found: string[] = [];
  await checkData(db, {
    repair: false,
    onDifference: ({ check, record, stands, should }) =>
      found.push(`${check} ${record}: ${stands}, should be ${should}`),
  });
  return found;
}

/** What the shop believes to have of each order against what the provider took for it. */
async function wrongMoney(db: TenantDb, all: Order[]): Promise<string[]> {
  const made = await db.collection(payments).find({}, { limit: MOST });
  const taken = await db.collection(testCharges).find({ captured: { $gt: 0 } }, { limit: MOST });
  const orderOf = new Map(made.map(({ _id, orderId }) => [String(_id), String(orderId)]));
  const charges = Map.groupBy(taken, ({ _id }) => orderOf.get(_id) ?? 'no order');
  return [
    ...(charges.get('no order') ?? []).map(({ _id }) => `the charge ${_id} is of no order`),
    ...all.flatMap(({ _id, number, paid, paymentStatus, totals: { total } }) => {
      const own = charges.get(String(_id)) ?? [];
      const captured = own.reduce((sum, charge) => sum + charge.captured, 0);
      return [
        ...(own.length > 1 ? [`order ${number} was charged ${own.length} times`] : []),
        ...(captured === paid ? [] : [`order ${number}: ${paid} paid, ${captured} taken`]),
        // Of a call that never reached the provider, it is known in the end: the order can be paid again.
        ...(paid === total || (paid === 0 && paymentStatus === 'UNPAID')
          ? []
          : [`order ${number}: ${paid} of ${total} paid, ${paymentStatus}`]),
      ];
    }),
  ];
}
