import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { endIdleTransactions } from '../../../src/platform/mongo/idle-transactions.ts';
import { openFailingDatabase } from '../../support/failing-mongo.ts';
import { atEnd } from '../../support/mongo.ts';

const IDLE_MS = 200;
// A server of its own: what is idle there is idle for whoever asks.
const ours = await openFailingDatabase();
const others = new MongoClient(ours.uri);
atEnd(() => others.close());

/** A transaction that has written a note, and that nobody goes on with. */
async function beginOn(client: MongoClient) {
  const session = client.startSession();
  atEnd(() => session.endSession());
  session.startTransaction();
  await client
    .db(ours.name)
    .collection<{ _id: number }>('left_notes')
    .insertOne({ _id: made++ }, { session });
  return session;
}
let made = 0;

it('a transaction that nobody goes on with is given up, and what it has written can be written by others', async () => {
  const dead = await beginOn(ours.client);
  await sleep(2 * IDLE_MS);
  expect(await endIdleTransactions(ours, IDLE_MS)).toBe(1);

  const notes = ours.client.db(ours.name).collection<{ _id: number }>('left_notes');
  await notes.insertOne({ _id: made - 1 });
  await expect(dead.commitTransaction()).rejects.toMatchObject({
    errorLabels: expect.arrayContaining(['TransientTransactionError']),
  });
});

it('one that has just begun, and those of other programs, are left alone', async () => {
  const theirs = await beginOn(others);
  await sleep(2 * IDLE_MS);
  const young = await beginOn(ours.client);
  expect(await endIdleTransactions(ours, 60_000)).toBe(0);
  await young.commitTransaction();

  expect(await endIdleTransactions(ours, IDLE_MS)).toBe(0);
  await theirs.commitTransaction();
});
