import { type Db, type Document, MongoServerError } from 'mongodb';
import { BackupError } from './backup-error.ts';
import { positionText } from './position.ts';
import type { RawMap } from './raw-documents.ts';

const [MOST_BYTES, MOST_ENTRIES] = [4 * 1024 * 1024, 500];
const NAMESPACE_NOT_FOUND = 26;
/** Of an entry, what an applyOps takes. */
const FIELDS = ['op', 'ns', 'o', 'o2', 'b'];

/**
 * Applies entries of an oplog in their order. mongod itself applies changes of documents (`applyOps`, as mongorestore
 * does), for it alone knows the format of updates; what is done to collections and indexes is done by commands.
 */
export class Replay {
  readonly #db: Db;
  readonly #source: string;
  readonly #expiring = new Map<string, { collection: string; index: Document }>();
  readonly #open = new Map<string, RawMap[]>();
  #batch: RawMap[] = [];
  #bytes = 0;
  entries = 0;
  /** Up to where entries were applied: segments may overlap where one was put twice. */
  reached = '';

  constructor(db: Db, source: string) {
    this.#db = db;
    this.#source = source;
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
    if (String(entry.get('ns')) !== `${this.#source}.$cmd`) return;
    await this.flush();
    await this.#command(name, command);
  }

  /** Indexes that let documents expire are made last: nothing may expire while entries that name it are applied. */
  async finish(): Promise<void> {
    await this.flush();
    for (const { collection, index } of this.#expiring.values()) await this.#build(collection, [index]);
  }

  async index(collection: string, indexes: Document[]): Promise<void> {
    const now = indexes
      .filter(({ name }) => name !== '_id_')
      .filter((index) => !this.#isHeldBack(collection, index));
    if (now.length > 0) await this.#build(collection, now);
  }

  async flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    [this.#batch, this.#bytes] = [[], 0];
    await this.#db.admin().command({ applyOps: batch, bypassDocumentValidation: true });
  }

  #isHeldBack(collection: string, index: Document): boolean {
    if (index.expireAfterSeconds === undefined) return false;
    this.#expiring.set(`${collection} ${index.name}`, { collection, index });
    return true;
  }

  async #build(collection: string, indexes: Document[]): Promise<void> {
    await this.#db.command({ createIndexes: collection, indexes, comment: 'system: restore' });
  }

  async #change(entry: RawMap, bytes: number): Promise<void> {
    const [database, collection] = splitName(String(entry.get('ns')));
    if (database !== this.#source || collection.startsWith('system.')) return;
    const kept = new Map(
      FIELDS.flatMap((name) => (entry.has(name) ? [[name, entry.get(name)] as const] : [])),
    );
    kept.set('ns', `${this.#db.databaseName}.${collection}`);
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

  async #command(name: string, command: RawMap): Promise<void> {
    const collection = String(command.get(name));
    const rest = asObject(command);
    switch (name) {
      case 'create':
        return this.#run(without(rest, 'idIndex'));
      case 'createIndexes':
        return this.index(collection, [without(rest, 'createIndexes')]);
      case 'commitIndexBuild':
        return this.index(collection, rest.indexes);
      case 'startIndexBuild':
      case 'abortIndexBuild':
        return;
      case 'dropIndexes':
      case 'deleteIndexes':
        if (this.#expiring.delete(`${collection} ${rest.index}`)) return;
        return this.#run({ dropIndexes: collection, index: rest.index });
      case 'drop':
        this.#forget(collection);
        return this.#run(rest, NAMESPACE_NOT_FOUND);
      case 'dropDatabase':
        this.#expiring.clear();
        return this.#run(rest);
      case 'collMod':
        return this.#modify(collection, rest);
      case 'renameCollection':
        return this.#rename(rest);
      default:
        throw new BackupError(`The oplog has the command ${name}, which Souk cannot restore`);
    }
  }

  #forget(collection: string): void {
    for (const [key, held] of this.#expiring) if (held.collection === collection) this.#expiring.delete(key);
  }

  async #modify(collection: string, command: Document): Promise<void> {
    const held = this.#expiring.get(`${collection} ${command.index?.name}`);
    if (!held) return this.#run(command);
    held.index = { ...held.index, expireAfterSeconds: command.index.expireAfterSeconds };
  }

  async #rename({ renameCollection, to, dropTarget }: Document): Promise<void> {
    const [, before] = splitName(String(renameCollection));
    const [, after] = splitName(String(to));
    if (dropTarget) this.#forget(after);
    for (const [key, held] of [...this.#expiring]) {
      if (held.collection !== before) continue;
      this.#expiring.delete(key);
      this.#expiring.set(`${after} ${held.index.name}`, { ...held, collection: after });
    }
    const name = this.#db.databaseName;
    await this.#db.admin().command({
      renameCollection: `${name}.${before}`,
      to: `${name}.${after}`,
      dropTarget: Boolean(dropTarget),
    });
  }

  async #run(command: Document, harmless?: number): Promise<void> {
    await this.#db.command(command).catch((error) => {
      if (!(error instanceof MongoServerError) || error.code !== harmless) throw error;
    });
  }
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
