import { createHash } from 'node:crypto';
import type { Db } from 'mongodb';
import { databasesOf } from './databases.ts';

const BYTES = 32;

/** A hash of a set of documents that does not depend on their order: no document is in it twice, as each has an _id. */
export class SetHash {
  readonly #sum = Buffer.alloc(BYTES);
  count = 0;

  add(raw: Uint8Array): void {
    const hash = createHash('sha256').update(raw).digest();
    for (let i = 0; i < BYTES; i += 1) this.#sum[i] = (this.#sum[i] ?? 0) ^ (hash[i] ?? 0);
    this.count += 1;
  }

  get hex(): string {
    return this.#sum.toString('hex');
  }
}

export type HashedCollection = { count: number; hash: string };

export async function hashCollections(db: Db): Promise<Map<string, HashedCollection>> {
  const hashes = new Map<string, HashedCollection>();
  for (const name of await collectionNames(db)) {
    const sum = new SetHash();
    const cursor = db.collection(name).find({}, { raw: true, comment: 'system: compare a backup' });
    for await (const raw of cursor) sum.add(raw as unknown as Uint8Array);
    hashes.set(name, { count: sum.count, hash: sum.hex });
  }
  return hashes;
}

/** Of all databases of an installation, by `database.collection`. */
export async function hashInstallation(main: Db): Promise<Map<string, HashedCollection>> {
  const hashes = new Map<string, HashedCollection>();
  for (const db of await databasesOf(main))
    for (const [name, hash] of await hashCollections(db)) hashes.set(`${db.databaseName}.${name}`, hash);
  return hashes;
}

export async function collectionNames(db: Db): Promise<string[]> {
  const listed = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  return listed
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && name !== RESTORING)
    .sort();
}

/** Is there for as long as a restore is not finished. */
export const RESTORING = 'restore_in_progress';
