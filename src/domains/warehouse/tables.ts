import type { Document, Filter, ObjectId } from 'mongodb';
import type { CollectionDefinition, TenantDocument } from '../../platform/mongo/collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { dayIn, momentsOf } from '../analytics/days.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { type StockMovement, stockMovements } from '../catalogue/stock-movements.ts';
import { archivedOrders } from '../orders/archive/collections.ts';
import { findHistories, scanStored } from '../orders/archive/stored-orders.ts';
import { orders } from '../orders/collections.ts';
import type { Order, OrderEvent, OrderLine } from '../orders/documents.ts';
import { reviews } from '../reviews/collections.ts';
import type { Review } from '../reviews/documents.ts';
import { bool, type Column, count, decimal, id, json, money, text, time } from './columns.ts';

export type Row = Record<string, unknown>;

export type Table = {
  name: string;
  /** Raised whenever a column is added, goes, or means something else: all of the table is then written anew. */
  schema: number;
  columns: readonly Pick<Column<never>, 'name' | 'type'>[];
  /** What a day has: another mark when anything in it has changed. */
  marks: (db: TenantDb) => Promise<DayMark[]>;
  /** Each row of a day once. */
  rows: (db: TenantDb, day: string) => AsyncGenerator<Row>;
};

/** `_id` is a day of UTC, as "2025-09-01". */
export type DayMark = { _id: string; mark: Document };

const ORDERS_AT_ONCE = 200;
/** Left to itself, MongoDB sends 16 MB of small documents at a time. */
const BATCH = { batchSize: 1_000 };

const marksBy = (field: string, mark: Document): Document[] => [
  {
    $group: {
      _id: dayIn(`$${field}`),
      documents: { $sum: 1 },
      ...mark,
    },
  },
  { $sort: { _id: 1 } },
];

async function daysOf(found: Promise<Document[]>): Promise<DayMark[]> {
  return (await found).map(({ _id, ...mark }) => ({ _id, mark }));
}

const rowOf = <T>(columns: readonly Column<T>[], source: T): Row =>
  Object.fromEntries(columns.map(({ name, of }) => [name, of(source)]));

/** Each change of an order raises its version by one; the archive changes nothing, and so makes no other mark. */
async function orderMarks(db: TenantDb): Promise<DayMark[]> {
  const pipeline = marksBy('placedAt', { versions: { $sum: '$version' } });
  const days = new Map<string, OrderMark>();
  const atHand = await db.collection(orders).aggregate<OrderMark & { _id: string }>(pipeline);
  const archived = await db.collection(archivedOrders).aggregate<OrderMark & { _id: string }>(pipeline);
  for (const { _id, ...more } of [...atHand, ...archived]) {
    const { documents = 0, versions = 0 } = days.get(_id) ?? {};
    days.set(_id, { documents: documents + more.documents, versions: versions + more.versions });
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([_id, mark]) => ({ _id, mark }));
}

type OrderMark = { documents: number; versions: number };

/** What has a day at this path, the last first, as it is indexed. */
const scanDay =
  <T extends TenantDocument>(definition: CollectionDefinition<T>, path: keyof T & string) =>
  (db: TenantDb, day: string): AsyncGenerator<T> =>
    db.collection(definition).scan<T>({ [path]: momentsOf({ from: day, to: day }) } as Filter<T>, {
      sort: { [path]: -1, _id: -1 },
      ...BATCH,
    });

const ordersOf = (db: TenantDb, day: string): AsyncGenerator<Order> =>
  scanStored(db, { placedAt: momentsOf({ from: day, to: day }) }, BATCH.batchSize);

const productsOf = scanDay(products, 'createdAt');
const movementsOf = scanDay(stockMovements, 'at');

/** Neither names nor addresses go out: a warehouse can do without, and forgets nobody by itself. */
const orderColumns: Column<Order>[] = [
  id('id', ({ _id }) => _id),
  text('number', ({ number }) => number),
  id('user_id', ({ userId }) => userId),
  text('country', ({ shippingAddress }) => shippingAddress?.country ?? null),
  text('status', ({ status }) => status),
  text('payment_status', ({ paymentStatus }) => paymentStatus),
  text('currency', ({ currency }) => currency),
  money('subtotal', ({ totals }) => totals.subtotal),
  money('discount', ({ totals }) => totals.discount),
  money('shipping', ({ totals }) => totals.shipping.total),
  money('tax', ({ totals }) => totals.tax),
  money('total', ({ totals }) => totals.total),
  money('paid', ({ paid }) => paid),
  money('refunded', ({ refunded }) => refunded),
  time('placed_at', ({ placedAt }) => placedAt),
  time('paid_at', ({ paidAt }) => paidAt),
  time('fulfilled_at', ({ fulfilledAt }) => fulfilledAt),
  time('completed_at', ({ completedAt }) => completedAt),
  time('cancelled_at', ({ cancelledAt }) => cancelledAt),
  time('updated_at', ({ updatedAt }) => updatedAt),
  count('version', ({ version }) => version),
];

type LineOf = { order: Order; line: OrderLine };

const lineColumns: Column<LineOf>[] = [
  id('id', ({ line }) => line._id),
  id('order_id', ({ order }) => order._id),
  id('product_id', ({ line }) => line.productId),
  id('variant_id', ({ line }) => line.variantId),
  text('sku', ({ line }) => line.sku),
  text('name', ({ line }) => line.name),
  count('quantity', ({ line }) => line.quantity),
  count('fulfilled', ({ line }) => line.fulfilled),
  count('cancelled', ({ line }) => line.cancelled),
  count('returned', ({ line }) => line.returned),
  text('currency', ({ order }) => order.currency),
  money('unit_price', ({ line }) => line.unitPrice),
  money('subtotal', ({ line }) => line.subtotal),
  money('discount', ({ line }) => line.discount),
  money('tax', ({ line }) => line.tax),
  money('total', ({ line }) => line.total),
  time('placed_at', ({ order }) => order.placedAt),
];

const eventColumns: Column<OrderEvent>[] = [
  id('id', ({ _id }) => _id),
  id('order_id', ({ orderId }) => orderId),
  count('seq', ({ seq }) => seq),
  text('type', ({ change }) => change.type),
  time('happened_at', ({ at }) => at),
  text('actor', ({ actor }) => actor),
];

const productColumns: Column<Product>[] = [
  id('id', ({ _id }) => _id),
  text('sku', ({ sku }) => sku),
  text('name', ({ name }) => name),
  text('status', ({ status }) => status),
  id('category_id', ({ category }) => category?._id ?? null),
  text('currency', ({ pricing }) => pricing.currency),
  money('base_price', ({ pricing }) => pricing.basePrice),
  money('sale_price', ({ pricing }) => pricing.salePrice),
  money('cost', ({ pricing }) => pricing.cost),
  decimal('tax_rate', ({ pricing }) => pricing.taxRate),
  json('tags', ({ tags }) => tags),
  json('variants', ({ variants }) =>
    variants.map(({ _id, sku, attributes }) => ({ id: _id, sku, attributes })),
  ),
  time('created_at', ({ createdAt }) => createdAt),
  time('updated_at', ({ updatedAt }) => updatedAt),
  bool('is_deleted', ({ isDeleted }) => isDeleted),
  count('version', ({ version }) => version),
];

const movementColumns: Column<StockMovement>[] = [
  id('id', ({ _id }) => _id),
  id('product_id', ({ productId }) => productId),
  id('variant_id', ({ variantId }) => variantId),
  text('sku', ({ sku }) => sku),
  count('quantity', ({ quantity }) => quantity),
  count('reserved', ({ reserved }) => reserved),
  text('reason', ({ reason }) => reason),
  time('happened_at', ({ at }) => at),
  text('actor', ({ actor }) => actor),
];

const reviewColumns: Column<Review>[] = [
  id('id', ({ _id }) => _id),
  id('product_id', ({ productId }) => productId),
  id('user_id', ({ userId }) => userId),
  count('rating', ({ rating }) => rating),
  text('status', ({ status }) => status),
  bool('verified_purchase', ({ verifiedPurchase }) => verifiedPurchase),
  time('created_at', ({ createdAt }) => createdAt),
  time('updated_at', ({ updatedAt }) => updatedAt),
];

const milliseconds = (field: string) => ({ $sum: { $toLong: `$${field}` } });

const rowsFrom = <T>(scan: (db: TenantDb, day: string) => AsyncGenerator<T>, columns: readonly Column<T>[]) =>
  async function* (db: TenantDb, day: string): AsyncGenerator<Row> {
    for await (const source of scan(db, day)) yield rowOf(columns, source);
  };

async function* lineRows(db: TenantDb, day: string): AsyncGenerator<Row> {
  for await (const order of ordersOf(db, day))
    for (const line of order.lines) yield rowOf(lineColumns, { order, line });
}

/** The steps of the orders that were placed on a day, whenever they were taken. */
async function* eventRows(db: TenantDb, day: string): AsyncGenerator<Row> {
  let batch: ObjectId[] = [];
  for await (const { _id } of ordersOf(db, day)) {
    if (batch.push(_id) < ORDERS_AT_ONCE) continue;
    yield* eventsOf(db, batch);
    batch = [];
  }
  yield* eventsOf(db, batch);
}

/** The first step of each has all of the order in it, which nobody needs here. */
const STEP = { orderId: 1, seq: 1, 'change.type': 1, at: 1, actor: 1 };

async function* eventsOf(db: TenantDb, orderIds: ObjectId[]): AsyncGenerator<Row> {
  for (const { events } of await findHistories(db, orderIds, STEP))
    for (const event of events) yield rowOf(eventColumns, event);
}

/** The index leads with the status: a review whose status changes meanwhile may be met twice. */
async function* reviewRows(db: TenantDb, day: string): AsyncGenerator<Row> {
  const seen = new Set<string>();
  const wanted = {
    status: { $in: ['PENDING', 'APPROVED', 'REJECTED'] as Review['status'][] },
    createdAt: momentsOf({ from: day, to: day }),
  };
  for await (const review of db.collection(reviews).scan<Review>(wanted, BATCH)) {
    if (seen.has(String(review._id))) continue;
    seen.add(String(review._id));
    yield rowOf(reviewColumns, review);
  }
}

export const TABLES: readonly Table[] = [
  {
    name: 'orders',
    schema: 1,
    columns: orderColumns,
    marks: orderMarks,
    rows: rowsFrom(ordersOf, orderColumns),
  },
  { name: 'order_lines', schema: 1, columns: lineColumns, marks: orderMarks, rows: lineRows },
  { name: 'events', schema: 1, columns: eventColumns, marks: orderMarks, rows: eventRows },
  {
    name: 'products',
    schema: 1,
    columns: productColumns,
    // When a category goes, its products move to another one without a new version.
    marks: (db) => {
      const mark = {
        versions: { $sum: '$version' },
        updates: milliseconds('updatedAt'),
        categories: { $addToSet: '$category._id' },
      };
      const sorted = { $set: { categories: { $sortArray: { input: '$categories', sortBy: 1 } } } };
      return daysOf(db.collection(products).aggregate([...marksBy('createdAt', mark), sorted]));
    },
    rows: rowsFrom(productsOf, productColumns),
  },
  {
    name: 'stock_movements',
    schema: 1,
    columns: movementColumns,
    // The ledger only grows.
    marks: (db) => daysOf(db.collection(stockMovements).aggregate(marksBy('at', {}))),
    rows: rowsFrom(movementsOf, movementColumns),
  },
  {
    name: 'reviews',
    schema: 1,
    columns: reviewColumns,
    // A person who is forgotten leaves the review without a new time.
    marks: (db) => {
      const people = { $sum: { $cond: [{ $ifNull: ['$userId', false] }, 1, 0] } };
      const mark = { updates: milliseconds('updatedAt'), people };
      return daysOf(db.collection(reviews).aggregate(marksBy('createdAt', mark)));
    },
    rows: reviewRows,
  },
];
