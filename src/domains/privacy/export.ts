import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { entriesOfPerson } from '../audit/forgetting.ts';
import { sessions, type User } from '../auth/collections.ts';
import { carts } from '../carts/collections.ts';
import { keptAddresses } from '../customers/address-book.ts';
import { addressBooks } from '../customers/collections.ts';
import { orderEvents, orders } from '../orders/collections.ts';
import type { Order } from '../orders/documents.ts';
import { redemptions } from '../promotions/collections.ts';
import { findReviewsOf, findVotesOf } from '../reviews/review-forgetting.ts';
import { cartsOf, ordersOf, type Person } from './person.ts';

const BATCH = 100;
/** More events than an order has. */
const MOST_EVENTS = 10_000;

/**
 * All that is held of somebody, as one JSON document, piece by piece: no more than a batch of it is in memory, however
 * many orders there are. No hash of a password or of a session is in it.
 */
export async function* exportedPerson(
  db: TenantDb,
  person: Person,
  account: User | null,
): AsyncGenerator<string> {
  yield `{\n"exportedAt": ${JSON.stringify(db.now())},\n"account": ${jsonOf(account)}`;
  yield* section('addresses', addresses(db, person));
  yield* section('orders', ordersWithEvents(db, person));
  yield* section('carts', everyCart(db, person));
  if (account) yield* ofAccount(db, account);
  yield '\n}\n';
}

async function* ofAccount(db: TenantDb, { _id, createdAt }: User): AsyncGenerator<string> {
  yield* section('reviews', everyReview(db, _id));
  yield* section('reviewVotes', findVotesOf(db, _id));
  yield* section('sessions', db.collection(sessions).scan({ userId: _id }, { projection: { hash: 0 } }));
  yield* section('auditEntries', entriesOfPerson(db, _id, createdAt));
}

async function* section(name: string, rows: AsyncIterable<object>): AsyncGenerator<string> {
  yield `,\n"${name}": [`;
  let separator = '\n';
  for await (const row of rows) {
    yield separator + jsonOf(row);
    separator = ',\n';
  }
  yield ']';
}

/** Which shop it is of is the same everywhere. */
const jsonOf = (value: object | null): string =>
  JSON.stringify(value, (name, inner) => (name === 'tenantId' ? undefined : inner));

async function* addresses(db: TenantDb, { userId }: Person) {
  const book = userId && (await db.collection(addressBooks).findOne({ userId }));
  if (book) yield* keptAddresses(book);
}

async function* ordersWithEvents(db: TenantDb, person: Person) {
  for (const filter of ordersOf(person)) {
    let last: ObjectId | undefined;
    for (;;) {
      const rest = last ? { $and: [filter, { _id: { $gt: last } }] } : filter;
      const found = await db.collection(orders).find<Order>(rest, { limit: BATCH, sort: { _id: 1 } });
      yield* await withEvents(db, found);
      if (found.length < BATCH) break;
      last = found.at(-1)?._id;
    }
  }
}

async function withEvents(db: TenantDb, found: Order[]) {
  const ofThese = { orderId: { $in: found.map(({ _id }) => _id) } };
  const limit = MOST_EVENTS * found.length;
  const events = Map.groupBy(
    await db.collection(orderEvents).find(ofThese, { limit, sort: { orderId: 1, seq: 1 } }),
    ({ orderId }) => String(orderId),
  );
  const used = Map.groupBy(await db.collection(redemptions).find(ofThese, { limit }), ({ orderId }) =>
    String(orderId),
  );
  return found.map((order) => ({
    ...order,
    events: events.get(String(order._id)) ?? [],
    redemptions: used.get(String(order._id)) ?? [],
  }));
}

async function* everyCart(db: TenantDb, person: Person) {
  for (const filter of cartsOf(person)) yield* db.collection(carts).scan(filter);
}

async function* everyReview(db: TenantDb, userId: ObjectId) {
  for (let last: ObjectId | undefined; ; ) {
    const found = await findReviewsOf(db, userId, BATCH, last);
    yield* found;
    if (found.length < BATCH) return;
    last = found.at(-1)?._id;
  }
}
