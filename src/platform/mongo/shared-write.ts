import { MongoBulkWriteError } from 'mongodb';
import type { CollectionDefinition, TenantDocument } from './collection.ts';
import type { NewDocument, TenantBulkWrite } from './tenant-collection.ts';
import type { TenantDb } from './tenant-db.ts';

const MOST_WRITES = 100;
/** So many commands may be under way before writes wait for one of them and then go together. */
const AT_ONCE = 2;

type Insert<T> = Extract<TenantBulkWrite<T>, { insertOne: unknown }>;
type Update<T> = Extract<TenantBulkWrite<T>, { updateOne: unknown }>;

type Member<T> = {
  db: TenantDb;
  write: Insert<T> | Update<T>;
  /** Whether the write changed something. */
  resolve: (changed: boolean) => void;
  reject: (error: unknown) => void;
};

type Queue<T> = {
  members: Member<T>[];
  underWay: number;
  /** The documents that commands under way change. */
  busy: Set<string>;
  due: boolean;
  forget: () => void;
};

const documentOf = <T>({ write }: Member<T>): string | undefined =>
  'updateOne' in write ? String((write.updateOne.filter as { _id?: unknown })._id) : undefined;

/** Who goes next. Two commands that change one document would be in each other's way, so it waits for the first. */
function takeGroup<T>({ members, busy }: Queue<T>): Member<T>[] {
  const isFree = (member: Member<T>) => !busy.has(documentOf(member) ?? '');
  const group = members.filter(isFree).slice(0, MOST_WRITES);
  const taken = new Set(group);
  members.splice(0, members.length, ...members.filter((member) => !taken.has(member)));
  return group;
}

/**
 * Writes of one collection that the requests of a tenant share: what arrives in one turn of the event loop, or while
 * commands are under way, is sent as one command. To mongod, eight writes together cost little more than one alone.
 */
export class SharedWrite<T extends TenantDocument> {
  readonly #definition: CollectionDefinition<T>;
  readonly #databases = new WeakMap<object, Map<string, Queue<T>>>();

  constructor(definition: CollectionDefinition<T>) {
    this.#definition = definition;
  }

  /** Fails as an insert of this document alone would. */
  async insert(db: TenantDb, document: NewDocument<T>): Promise<void> {
    await this.#enqueue(db, { insertOne: { document } });
  }

  /**
   * Of one document, with a filter that no longer holds once the change is made: it may be sent twice. True when the
   * change is made; false when nobody knows, for the filter of one that was sent with it did not hold, or its own.
   */
  update(db: TenantDb, change: Update<T>['updateOne']): Promise<boolean> {
    const { filter, update } = change;
    db.writes?.wrote(this.#definition.name, db.tenantId, filter, update);
    return this.#enqueue(db, { updateOne: change });
  }

  #enqueue(db: TenantDb, write: Insert<T> | Update<T>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const queue = this.#queueOf(db);
      queue.members.push({ db, write, resolve, reject });
      this.#sendSoon(queue);
    });
  }

  #queueOf({ connection, tenantId }: TenantDb): Queue<T> {
    const queues = this.#databases.get(connection) ?? new Map<string, Queue<T>>();
    this.#databases.set(connection, queues);
    const name = tenantId.toHexString();
    const known = queues.get(name);
    if (known) return known;
    const queue: Queue<T> = {
      ...{ members: [], underWay: 0, busy: new Set<string>(), due: false },
      forget: () => queues.delete(name),
    };
    queues.set(name, queue);
    return queue;
  }

  #sendSoon(queue: Queue<T>): void {
    if (queue.due || queue.underWay >= AT_ONCE || queue.members.length === 0) return;
    queue.due = true;
    setImmediate(() => {
      queue.due = false;
      const group = takeGroup(queue);
      if (group.length === 0) return;
      const documents = group.map(documentOf).filter((document) => document !== undefined);
      for (const document of documents) queue.busy.add(document);
      queue.underWay += 1;
      void this.#send(group).then(() => {
        queue.underWay -= 1;
        for (const document of documents) queue.busy.delete(document);
        if (queue.members.length === 0 && queue.underWay === 0) queue.forget();
        else this.#sendSoon(queue);
      });
      this.#sendSoon(queue);
    });
  }

  async #send(members: Member<T>[]): Promise<void> {
    const [first] = members;
    if (!first) return;
    const writes = members.map(({ write }) => write);
    try {
      const done = await first.db.collection(this.#definition).bulkWrite(writes, { ordered: false });
      // Of which updates the filter did not hold is not said.
      const all = done.insertedCount + done.modifiedCount === members.length;
      for (const { resolve } of members) resolve(all);
    } catch (error) {
      const refused = members.length === 1 ? undefined : refusedOf(error, members.length);
      members.forEach((member, place) => {
        if (refused && !refused.has(place)) member.resolve(true);
        else this.#alone(member);
      });
    }
  }

  /** The others' faults, deadlines and retries are not this one's. */
  #alone({ db, write, resolve, reject }: Member<T>): void {
    db.retry(() => this.#one(db, write)).then(resolve, reject);
  }

  async #one(db: TenantDb, write: Insert<T> | Update<T>): Promise<boolean> {
    const collection = db.collection(this.#definition);
    if ('insertOne' in write) {
      await collection.insertOne(write.insertOne.document);
      return true;
    }
    const { filter, update, ...options } = write.updateOne;
    return (await collection.updateOne(filter, update, options)).modifiedCount === 1;
  }
}

/** The places of the documents that were not inserted; undefined when it is not known of all. */
function refusedOf(error: unknown, sent: number): Set<number> | undefined {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return undefined;
  const refused = new Set([error.writeErrors].flat().map(({ index }) => index));
  // The driver says so too when the command itself has failed, and then of no document.
  return error.insertedCount + refused.size === sent ? refused : undefined;
}
