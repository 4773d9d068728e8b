import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { entriesOfPerson } from '../audit/forgetting.ts';
import { sessions, type User } from '../auth/collections.ts';
import { carts } from '../carts/collections.ts';
import { keptAddresses } from '../customers/address-book.ts';
import { addressBooks } from '../customers/collections.ts';
import { findHistories, scanStored } from '../orders/archive/stored-orders.ts';
import type { Order } from '../orders/documents.ts';
import { redemptions } from '../promotions/collections.ts';
import { findReviewsOf, findVotesOf } from '../reviews/review-forgetting.ts';
import { cartsOf, ordersOf, type Person } from './person.ts';

const BATCH = 100;
/** More codes than an order uses. */
const MOST_USES = 10_000;

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
    let batch: Order[] = [];
    for await (const order of scanStored(db, filter, BATCH)) {
      if (batch.push(order) < BATCH) continue;
      yield* await withEvents(db, batch);
      batch = [];
    }
    yield* await withEvents(db, batch);
  }
}

async function withEvents(db: TenantDb, found: Order[]) {
  const ids = found.map(({ _id }) => _id);
  const ofThese = { orderId: { $in: ids } };
  const limit = MOST_USES * found.length;
  const histories = await findHistories(db, ids);
  const used = Map.groupBy(await db.collection(redemptions).find(ofThese, { limit }), ({ orderId }) =>
    String(orderId),
  );
  return found.map((order, i) => ({
    ...order,
    events: histories[i]?.events ?? [],
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
