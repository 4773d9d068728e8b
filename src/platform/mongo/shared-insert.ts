import { MongoBulkWriteError } from 'mongodb';
import type { CollectionDefinition, TenantDocument } from './collection.ts';
import type { NewDocument } from './tenant-collection.ts';
import type { TenantDb } from './tenant-db.ts';

const MOST_DOCUMENTS = 100;
/** So many commands may be under way before documents wait for one of them and then go together. */
const AT_ONCE = 2;

type Member<T> = {
  db: TenantDb;
  document: NewDocument<T>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

type Queue<T> = { members: Member<T>[]; underWay: number; due: boolean; forget: () => void };

/**
 * Inserts of one collection that the requests of a tenant share: what arrives in one turn of the event loop, or while
 * commands are under way, is sent as one command. To mongod, eight documents together cost as much as one alone.
 */
export class SharedInsert<T extends TenantDocument> {
  readonly #definition: CollectionDefinition<T>;
  readonly #databases = new WeakMap<object, Map<string, Queue<T>>>();

  constructor(definition: CollectionDefinition<T>) {
    this.#definition = definition;
  }

  /** Fails as an insert of this document alone would. */
  insert(db: TenantDb, document: NewDocument<T>): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#queueOf(db);
      queue.members.push({ db, document, resolve, reject });
      this.#sendSoon(queue);
    });
  }

  #queueOf({ connection, tenantId }: TenantDb): Queue<T> {
    const queues = this.#databases.get(connection) ?? new Map<string, Queue<T>>();
    this.#databases.set(connection, queues);
    const name = tenantId.toHexString();
    const known = queues.get(name);
    if (known) return known;
    const queue: Queue<T> = { members: [], underWay: 0, due: false, forget: () => queues.delete(name) };
    queues.set(name, queue);
    return queue;
  }

  #sendSoon(queue: Queue<T>): void {
    if (queue.due || queue.underWay >= AT_ONCE || queue.members.length === 0) return;
    queue.due = true;
    setImmediate(() => {
      queue.due = false;
      queue.underWay += 1;
      void this.#send(queue.members.splice(0, MOST_DOCUMENTS)).then(() => {
        queue.underWay -= 1;
        if (queue.members.length === 0 && queue.underWay === 0) queue.forget();
        else this.#sendSoon(queue);
      });
      this.#sendSoon(queue);
    });
  }

  async #send(members: Member<T>[]): Promise<void> {
    const [first] = members;
    if (!first) return;
    const inserts = members.map(({ document }) => ({ insertOne: { document } }));
    try {
      await first.db.collection(this.#definition).bulkWrite(inserts, { ordered: false });
      for (const { resolve } of members) resolve();
    } catch (error) {
      const refused = members.length === 1 ? undefined : refusedOf(error, members.length);
      members.forEach((member, place) => {
        if (refused && !refused.has(place)) member.resolve();
        else this.#alone(member);
      });
    }
  }

  /** The others' faults, deadlines and retries are not this one's. */
  #alone({ db, document, resolve, reject }: Member<T>): void {
    db.retry(() => db.collection(this.#definition).insertOne(document)).then(() => resolve(), reject);
  }
}

/** The places of the documents that were not inserted; undefined when it is not known of all. */
function refusedOf(error: unknown, sent: number): Set<number> | undefined {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return undefined;
  const refused = new Set([error.writeErrors].flat().map(({ index }) => index));
  // The driver says so too when the command itself has failed, and then of no document.
  return error.insertedCount + refused.size === sent ? refused : undefined;
}
