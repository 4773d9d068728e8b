import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Long } from 'mongodb';
import { type ObjectStore, openStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { type BackupDatabase, connectForBackup } from './connect.ts';
import { hashCollections } from './database-hash.ts';
import { endsOf, tailOplog } from './oplog-tail.ts';
import { endOfSecond } from './position.ts';
import { planRestore, restoreDatabase } from './restore.ts';
import { onScratchServer } from './scratch.ts';
import { createSnapshot } from './snapshot.ts';

export type DrillOptions = { documents: number; bytes: number; writers: number; rounds: number };

export type DrillRound = {
  documents: number;
  megabytes: number;
  snapshotSeconds: number;
  /** How far behind the copy of the oplog was when the writers stopped. */
  copySeconds: number;
  restoreSeconds: number;
  entries: number;
  /** Names of collections that are not what they were. */
  unequal: string[];
};

const COLLECTIONS = 3;
const BATCH = 1_000;
const key = randomBytes(32);

/** Fills a server of its own, backs it up while writers write, restores a second out of the middle, and compares. */
export async function drill(
  mongod: string,
  options: DrillOptions,
  onRound: (round: DrillRound) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-drill-'));
  try {
    await onScratchServer(mongod, async (uri) => {
      const live = await connectForBackup(uri, 'drill');
      await fill(live, options);
      for (let round = 1; round <= options.rounds; round += 1)
        onRound(await drillOnce(live, openStore(join(folder, `${round}`)), options));
      await live.close();
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const nameOf = (n: number) => `items_${n % COLLECTIONS}`;

type Item = { _id: number; n: Long; text: string; parts: number[]; nested: Record<string, unknown> };

const itemOf = (_id: number, bytes: number): Item => ({
  _id,
  n: Long.fromNumber(_id),
  text: randomBytes(Math.max(1, bytes >> 1)).toString('hex'),
  parts: [1, 2, 3],
  nested: { [`k${_id % 7}`]: { at: new Date(), of: _id / 3 } },
});

async function fill({ db }: BackupDatabase, { documents, bytes }: DrillOptions): Promise<void> {
  const each = Math.ceil(documents / COLLECTIONS);
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    for (let from = 0; from < each; from += BATCH) {
      const ids = Array.from({ length: Math.min(BATCH, each - from) }, (_, i) => from + i);
      await db.collection<Item>(nameOf(collection)).insertMany(ids.map((id) => itemOf(id, bytes)));
    }
  }
}

async function drillOnce(
  live: BackupDatabase,
  store: ObjectStore,
  options: DrillOptions,
): Promise<DrillRound> {
  const { client, db } = live;
  const stopping = new AbortController();
  let writers = startWriters(live, options);
  const { seconds: snapshotSeconds, result: snapshot } = await timed(() =>
    createSnapshot(db, { stores: [store], key }),
  );
  const tail = tailOplog(client, { database: db.databaseName, store, key, signal: stopping.signal });
  await sleep(2_000);
  await writers();
  // The second that is restored ends here.
  const moment = new Date();
  const then = await hashCollections(db);
  await sleep(1_050 - (Date.now() % 1_000));
  writers = startWriters(live, options);
  await sleep(2_000);
  await writers();
  const { seconds: copySeconds } = await timed(() => copiedUntil(store, endOfSecond(moment), tail));
  stopping.abort();
  await tail;
  const restored = client.db(`${db.databaseName}_restored`);
  const { seconds: restoreSeconds, result } = await timed(async () =>
    restoreDatabase(restored, await planRestore(store, moment), { store, key, force: true }),
  );
  const found = await hashCollections(restored);
  const sizes = snapshot.collections.map(({ data }) => data.bytes);
  return {
    documents: result.documents,
    megabytes: sizes.reduce((sum, size) => sum + size, 0) / 1e6,
    ...{ snapshotSeconds, copySeconds, restoreSeconds, entries: result.entries },
    unequal: [...new Set([...then.keys(), ...found.keys()])].filter(
      (name) => then.get(name)?.hash !== found.get(name)?.hash,
    ),
  };
}

async function timed<R>(work: () => Promise<R>): Promise<{ seconds: number; result: R }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1_000, result };
}

const MOST_POLLS = 1_200;

async function copiedUntil(store: ObjectStore, position: string, tail: Promise<void>): Promise<void> {
  for (let polls = 0; polls < MOST_POLLS; polls += 1) {
    if (((await endsOf(store)).at(-1) ?? '') > position) return;
    await Promise.race([sleep(100), tail]);
  }
  throw new BackupError('The copy of the oplog does not come so far');
}

/** Until the answer is called: new documents, changes inside them, deletions, and transactions over two collections. */
function startWriters({ client, db }: BackupDatabase, { documents, writers, bytes }: DrillOptions) {
  const each = Math.ceil(documents / COLLECTIONS);
  let stopped = false;
  const write = async (writer: number) => {
    const items = db.collection<Item>(nameOf(writer));
    const others = db.collection<Item>(nameOf(writer + 1));
    for (let i = 0; !stopped; i += 1) {
      const fresh = Date.now() * 1_000 + 100 * writer + (i % 100);
      const some = Math.floor(Math.random() * each);
      await items.updateOne({ _id: fresh }, { $set: itemOf(fresh, bytes) }, { upsert: true });
      await items.updateOne({ _id: some }, {
        $inc: { n: 1 },
        $push: { parts: { $each: [i], $slice: -20 } },
        $set: { [`nested.k${i % 7}`]: { i } },
      } as never);
      if (i % 3 === 0) await items.deleteOne({ _id: fresh });
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await items.updateOne({ _id: some }, { $set: { text: `moved ${i}` } }, { session });
          await others.updateOne({ _id: some }, { $unset: { nested: 1 } }, { session });
        }),
      );
    }
  };
  const running = Array.from({ length: writers }, (_, writer) => write(writer));
  return async () => {
    stopped = true;
    await Promise.all(running);
  };
}
