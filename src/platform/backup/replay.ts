import { type Db, type Document, MongoServerError } from 'mongodb';
import { BackupError } from './backup-error.ts';
import { collectionNames } from './database-hash.ts';
import { belongsTo, counterpart } from './databases.ts';
import { HeldIndexes } from './held-indexes.ts';
import { positionText } from './position.ts';
import type { RawMap } from './raw-documents.ts';

const [MOST_BYTES, MOST_ENTRIES] = [4 * 1024 * 1024, 500];
const [NAMESPACE_NOT_FOUND, INDEX_NOT_FOUND, NAMESPACE_EXISTS] = [26, 27, 48];
/** Of an entry, what an applyOps takes. */
const FIELDS = ['op', 'ns', 'o', 'o2', 'b'];

type Source = {
  /** The installation's own database, as it was called where the entries come from. */
  database: string;
  /** Whether what is there is not of one moment: the first entries have been applied to some of it already. */
  isMoving: boolean;
};

/**
 * Applies entries of an oplog in their order. mongod itself applies changes of documents (`applyOps`, as mongorestore
 * does), for it alone knows the format of updates; what is done to collections and indexes is done by commands.
 */
export class Replay {
  readonly #main: Db;
  readonly #source: Source;
  readonly #held = new HeldIndexes();
  readonly #open = new Map<string, RawMap[]>();
  #isMoving: boolean;
  #batch: RawMap[] = [];
  #bytes = 0;
  entries = 0;
  /** Up to where entries were applied: segments may overlap where one was put twice. */
  reached = '';

  constructor(main: Db, source: Source) {
    this.#main = main;
    this.#source = source;
    this.#isMoving = source.isMoving;
  }

  async add(entry: RawMap, bytes: number): Promise<void> {
    const op = entry.get('op');
    this.entries += 1;
    if (op === 'n') return;
    if (op !== 'c') return this.#change(entry, bytes);
    const command = entry.get('o') as RawMap;
    const name = String([...command.keys()][0]);
    if (name === 'applyOps') return this.#changes(entry, command, bytes);
    if (name === 'commitTransaction') return this.#commit(keyOf(entry));
    if (name === 'abortTransaction') return void this.#open.delete(keyOf(entry));
    const [database] = splitName(String(entry.get('ns')));
    if (!belongsTo(this.#source.database, database)) return;
    await this.flush();
    await this.#command(this.databaseFor(database), name, command);
  }

  /** Where one of the source's databases is restored. */
  databaseFor(database: string): Db {
    return counterpart(this.#main, this.#source.database, database);
  }

  /** What is there is of one moment now; before, it may have broken what an index demands. */
  async settle(): Promise<void> {
    await this.flush();
    this.#isMoving = false;
    const isDue = (index: Document) => index.expireAfterSeconds === undefined;
    for (const { db, collection, indexes } of this.#held.take(isDue)) await build(db, collection, indexes);
  }

  /** Indexes that let documents expire are made last: nothing may expire while entries that name it are applied. */
  async finish(): Promise<void> {
    await this.flush();
    for (const { db, collection, indexes } of this.#held.take()) await build(db, collection, indexes);
  }

  async index(db: Db, collection: string, indexes: Document[]): Promise<void> {
    const now: Document[] = [];
    for (const index of indexes) {
      if (index.name === '_id_') continue;
      if (this.#isMoving || index.expireAfterSeconds !== undefined) this.#held.add(db, collection, index);
      else now.push(index);
    }
    if (now.length > 0) await build(db, collection, now);
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    [this.#batch, this.#bytes] = [[], 0];
    await this.#main.admin().command({ applyOps: batch, bypassDocumentValidation: true });
  }

  async #change(entry: RawMap, bytes: number): Promise<void> {
    const [database, collection] = splitName(String(entry.get('ns')));
    if (!belongsTo(this.#source.database, database) || collection.startsWith('system.')) return;
    const kept = new Map(
      FIELDS.flatMap((name) => (entry.has(name) ? [[name, entry.get(name)] as const] : [])),
    );
    kept.set('ns', `${this.databaseFor(database).databaseName}.${collection}`);
    // What was removed later is not in the copy; put there, it is removed again.
    if (this.#isMoving && kept.get('op') === 'u') kept.set('b', true);
    this.#batch.push(kept);
    this.#bytes += bytes;
    if (this.#batch.length >= MOST_ENTRIES || this.#bytes >= MOST_BYTES) await this.flush();
  }

  /** A transaction: in one entry, in several where it is large, or waiting for its commit where it is prepared. */
  async #changes(entry: RawMap, command: RawMap, bytes: number): Promise<void> {
    const operations = command.get('applyOps') as RawMap[];
    const key = keyOf(entry);
    const above = this.#open.get(key);
    if (above === undefined && key !== '' && continues(entry)) throw cutOff(entry);
    const all = [...(above ?? []), ...operations];
    if (command.get('partialTxn') === true || command.get('prepare') === true)
      return void this.#open.set(key, all);
    this.#open.delete(key);
    for (const operation of all) await this.#change(operation, bytes / operations.length);
  }

  async #commit(key: string): Promise<void> {
    const operations = this.#open.get(key);
    if (!operations)
      throw new BackupError('A transaction was prepared before the snapshot: take an older or newer one');
    this.#open.delete(key);
    for (const operation of operations) await this.#change(operation, 1_000);
  }

  async #command(db: Db, name: string, command: RawMap): Promise<void> {
    const collection = String(command.get(name));
    const rest = asObject(command);
    switch (name) {
      case 'create':
        return run(db, without(rest, 'idIndex'), ...(this.#isMoving ? [NAMESPACE_EXISTS] : []));
      case 'createIndexes':
        return this.index(db, collection, [without(rest, 'createIndexes')]);
      case 'commitIndexBuild':
        return this.index(db, collection, rest.indexes);
      case 'startIndexBuild':
      case 'abortIndexBuild':
        return;
      case 'dropIndexes':
      case 'deleteIndexes':
        if (this.#held.remove(db, collection, rest.index)) return;
        return run(
          db,
          { dropIndexes: collection, index: rest.index },
          ...(this.#isMoving ? [INDEX_NOT_FOUND, NAMESPACE_NOT_FOUND] : []),
        );
      case 'drop':
        this.#held.removeAll(db, collection);
        return run(db, rest, NAMESPACE_NOT_FOUND);
      case 'dropDatabase':
        return this.#dropAll(db);
      case 'collMod':
        return this.#modify(db, collection, rest);
      case 'renameCollection':
        return this.#rename(db, rest);
      default:
        throw new BackupError(`The oplog has the command ${name}, which Souk cannot restore`);
    }
  }

  /** All but the mark of a restore that is not finished. */
  async #dropAll(db: Db): Promise<void> {
    for (const name of await collectionNames(db)) {
      this.#held.removeAll(db, name);
      await run(db, { drop: name }, NAMESPACE_NOT_FOUND);
    }
  }

  async #modify(db: Db, collection: string, command: Document): Promise<void> {
    const { index } = command;
    if (!index || !this.#held.change(db, collection, index)) return run(db, command);
  }

  async #rename(db: Db, { renameCollection, to, dropTarget }: Document): Promise<void> {
    const [, before] = splitName(String(renameCollection));
    const [, after] = splitName(String(to));
    if (dropTarget) this.#held.removeAll(db, after);
    this.#held.rename(db, before, after);
    const name = db.databaseName;
    await db.admin().command({
      renameCollection: `${name}.${before}`,
      to: `${name}.${after}`,
      dropTarget: Boolean(dropTarget),
    });
  }
}

async function build(db: Db, collection: string, indexes: Document[]): Promise<void> {
  await db.command({ createIndexes: collection, indexes, comment: 'system: restore' });
}

async function run(db: Db, command: Document, ...harmless: number[]): Promise<void> {
  await db.command(command).catch((error) => {
    if (!(error instanceof MongoServerError) || !harmless.includes(Number(error.code))) throw error;
  });
}

const splitName = (ns: string): [string, string] => {
  const dot = ns.indexOf('.');
  return [ns.slice(0, dot), ns.slice(dot + 1)];
};

/** What tells one transaction from another. */
function keyOf(entry: RawMap): string {
  const session = entry.get('lsid') as RawMap | undefined;
  return session ? `${JSON.stringify(session.get('id'))} ${entry.get('txnNumber')}` : '';
}

function continues(entry: RawMap): boolean {
  const previous = entry.get('prevOpTime') as RawMap | undefined;
  const isTransaction = entry.has('txnNumber') && !entry.has('stmtId') && !entry.has('multiOpType');
  return (
    isTransaction && previous !== undefined && positionText(previous.get('ts') as never) !== '0'.repeat(16)
  );
}

const cutOff = (entry: RawMap) =>
  new BackupError(
    `The entry ${positionText(entry.get('ts') as never)} goes on with a transaction whose begin is missing`,
  );

/** Commands have names that are no numbers, so that their order holds in an object; what is inside stays exact. */
const asObject = (map: RawMap): Document =>
  Object.fromEntries([...map].map(([name, value]) => [name, plain(value)]));

function plain(value: unknown): unknown {
  if (value instanceof Map) return asObject(value);
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

const without = (command: Document, name: string): Document =>
  Object.fromEntries(Object.entries(command).filter(([key]) => key !== name));
