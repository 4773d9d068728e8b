import { BSON, type MongoClient, type Timestamp } from 'mongodb';
import { OplogGap } from './backup-error.ts';
import { belongsTo } from './databases.ts';
import { positionOf, positionText } from './position.ts';

/** `raw` is of the driver's own memory, and only good until the next one is read. */
export type Entry = { position: string; raw: Buffer; isKept: boolean };

/** What follows a position, by now, as far as a majority has it: what is rolled back must not be in a backup. */
export async function* entriesAfter(
  client: MongoClient,
  start: string,
  database: string,
): AsyncGenerator<Entry> {
  const oplog = client.db('local').collection('oplog.rs');
  const found = oplog.find(
    { ts: { $gte: positionOf(start) } },
    { raw: true, readConcern: { level: 'majority' }, comment: 'system: backup' },
  ) as unknown as AsyncIterable<Buffer>;
  let isJoined = false;
  for await (const raw of found) {
    const head = headOf(raw);
    const position = positionText(head.ts);
    if (isJoined) yield { position, raw, isKept: isOfBackup(head, database) };
    else if (position !== start) throw gapAfter(start);
    isJoined = true;
  }
  if (!isJoined) throw gapAfter(start);
}

export const isInOplog = async (client: MongoClient, position: string): Promise<boolean> =>
  (await client
    .db('local')
    .collection('oplog.rs')
    .findOne({ ts: positionOf(position) })) !== null;

export const gapAfter = (start: string): OplogGap =>
  new OplogGap(
    `The oplog no longer holds what follows ${positionOf(start).toString()} (${start}), where the backup ends: it was ` +
      'cut off, or another set answers. Make a new snapshot (npm run backup -- create) and a larger oplog; ' +
      'points in time from there to the new snapshot cannot be restored',
  );

type Head = { ts: Timestamp; ns: string; o: { applyOps?: { ns: string }[] }; prevOpTime?: { ts: Timestamp } };

const headOf = (raw: Buffer) => BSON.deserialize(raw, { promoteValues: false }) as Head;

const databaseOf = (ns: string) => ns.slice(0, ns.indexOf('.'));

/** Transactions are under `admin`, whatever they change; of one in several entries each is kept. */
function isOfBackup({ ns, o, prevOpTime }: Head, database: string): boolean {
  if (ns !== 'admin.$cmd') return belongsTo(database, databaseOf(ns));
  const isPart = 'partialTxn' in o || 'prepare' in o || (prevOpTime && !prevOpTime.ts.isZero());
  if (!o.applyOps || isPart) return true;
  return o.applyOps.some((change) => belongsTo(database, databaseOf(change.ns)));
}
