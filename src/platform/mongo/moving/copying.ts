import type { ChangeStream, Db, Document, ObjectId, Timestamp } from 'mongodb';
import { SetHash } from '../../backup/database-hash.ts';
import { toMap } from '../../backup/raw-documents.ts';
import { type DeclaredCollection, isTenantCollection } from '../collection.ts';
import { systemComment } from '../guard.ts';

const BATCH = 500;
const AWAIT_MS = 100;
const comment = systemComment('move a shop to another database');
/** What expires so soon may be gone from one of the two databases before the other. */
const EXPIRING_MS = 5 * 60_000;

export type Copying = {
  from: Db;
  to: Db;
  tenantId: ObjectId;
  declared: readonly DeclaredCollection[];
  onCopied: (documents: number) => void;
};

/** What was changed of any tenant's since then, by collection: a change says its document's _id alone. */
export class Changed {
  readonly #stream: ChangeStream;
  #ids = new Map<string, Map<string, unknown>>();

  constructor(from: Db, since: Timestamp) {
    const pipeline = [{ $project: { operationType: 1, ns: 1, documentKey: 1, clusterTime: 1 } }];
    const options = { startAtOperationTime: since, maxAwaitTimeMS: AWAIT_MS, batchSize: 1_000, comment };
    this.#stream = from.watch(pipeline, options);
  }

  /** All that was changed up to a moment, since it was asked last. */
  async upTo(time: Timestamp): Promise<Map<string, unknown[]>> {
    const end = `82${hex(time.getHighBitsUnsigned())}${hex(time.getLowBitsUnsigned())}`;
    for (;;) {
      const entry = await this.#stream.tryNext();
      if (entry) this.#note(entry);
      // While others write there is always one more: what is past the moment is enough.
      if (((entry?._id as { _data?: string } | undefined)?._data ?? '') > end) break;
      if (!entry && tokenOf(this.#stream) > end) break;
    }
    const found = new Map([...this.#ids].map(([name, ids]) => [name, [...ids.values()]]));
    this.#ids = new Map();
    return found;
  }

  close = () => this.#stream.close();

  #note({ operationType, ns, documentKey }: Document) {
    if (['rename', 'drop', 'invalidate'].includes(operationType) && isTenantCollection(ns?.coll ?? ''))
      throw new Error(`${ns.coll} was renamed or dropped while it was copied: run this again`);
    if (!documentKey || !isTenantCollection(ns.coll)) return;
    const ids = this.#ids.get(ns.coll) ?? new Map<string, unknown>();
    this.#ids.set(ns.coll, ids);
    ids.set(String(documentKey._id), documentKey._id);
  }
}

const tokenOf = (stream: ChangeStream): string =>
  (stream.resumeToken as { _data?: string } | undefined)?._data ?? '';
const hex = (number: number) => number.toString(16).toUpperCase().padStart(8, '0');

export const timeOf = async (db: Db): Promise<Timestamp> => (await db.command({ ping: 1 })).operationTime;

export async function tenantCollectionsIn(db: Db): Promise<string[]> {
  const listed = await db.listCollections({ type: 'collection' }, { nameOnly: true, comment }).toArray();
  return listed
    .map(({ name }) => name)
    .filter(isTenantCollection)
    .sort();
}

/** Every document as it is by now; what is there already from a run that was ended is written over. */
export async function copyAll({ from, to, tenantId, onCopied }: Copying): Promise<void> {
  for (const name of await tenantCollectionsIn(from)) {
    let batch: Uint8Array[] = [];
    for await (const raw of from.collection(name).find({ tenantId }, { raw: true, comment })) {
      batch.push(raw as unknown as Uint8Array);
      if (batch.length < BATCH) continue;
      await put(to, name, tenantId, batch);
      onCopied(batch.length);
      batch = [];
    }
    await put(to, name, tenantId, batch);
    onCopied(batch.length);
  }
}

/** Brings what was changed to what it is now, also to being gone. */
export async function copyChanged(copying: Copying, changed: Map<string, unknown[]>): Promise<number> {
  const { from, to, tenantId } = copying;
  let count = 0;
  for (const [name, all] of changed)
    for (let at = 0; at < all.length; at += BATCH) {
      const ids = all.slice(at, at + BATCH);
      const own = { _id: { $in: ids as never[] }, tenantId };
      const found = await from.collection(name).find(own, { raw: true, comment }).toArray();
      const documents = found as unknown as Uint8Array[];
      await put(to, name, tenantId, documents);
      const kept = documents.map((raw) => toMap(Buffer.from(raw)).get('_id'));
      const gone = { _id: { $in: ids as never[], $nin: kept as never[] }, tenantId };
      await to.collection(name).deleteMany(gone, { comment });
      count += documents.length;
    }
  return count;
}

async function put(to: Db, name: string, tenantId: ObjectId, documents: Uint8Array[]): Promise<void> {
  if (documents.length === 0) return;
  const updates = documents.map((raw) => {
    const document = toMap(Buffer.from(raw));
    return { q: { _id: document.get('_id'), tenantId }, u: document, upsert: true };
  });
  const command = { update: name, updates, bypassDocumentValidation: true, writeConcern: { w: 'majority' } };
  const { writeErrors } = await to.command({ ...command, comment });
  if (writeErrors?.length) throw new Error(`${name} cannot be copied: ${writeErrors[0].errmsg}`);
}

/** Names of collections in which the two differ. */
export async function differing({ from, to, tenantId, declared }: Copying): Promise<string[]> {
  const different: string[] = [];
  for (const name of await tenantCollectionsIn(from)) {
    const filter = { tenantId, ...notExpiring(declared.find((one) => one.name === name)) };
    const [one, other] = await Promise.all([hashOf(from, name, filter), hashOf(to, name, filter)]);
    if (one.hex !== other.hex || one.count !== other.count) different.push(name);
  }
  return different;
}

async function hashOf(db: Db, name: string, filter: Document): Promise<SetHash> {
  const sum = new SetHash();
  for await (const raw of db.collection(name).find(filter, { raw: true, comment }))
    sum.add(raw as unknown as Uint8Array);
  return sum;
}

function notExpiring(collection: DeclaredCollection | undefined): Document {
  const conditions = (collection?.indexes ?? []).flatMap(({ key, expireAfterSeconds }) => {
    const [path] = Object.keys(key);
    if (expireAfterSeconds === undefined || path === undefined) return [];
    return [{ [path]: { $lte: new Date(Date.now() + EXPIRING_MS - 1_000 * expireAfterSeconds) } }];
  });
  return conditions.length > 0 ? { $nor: conditions } : {};
}

/** Takes away what a tenant has left in a database. */
export async function removeAll(db: Db, tenantId: ObjectId): Promise<void> {
  for (const name of await tenantCollectionsIn(db))
    await db.collection(name).deleteMany({ tenantId }, { comment });
}
