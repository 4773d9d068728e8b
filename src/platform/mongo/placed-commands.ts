import { type ClientSession, type Collection, type Db, type MongoClient, ObjectId } from 'mongodb';
import type { TenantDocument } from './collection.ts';
import type { CommandNote, Query } from './command-log.ts';
import { writeMarks } from './fence.ts';
import type { Places } from './places.ts';
import { type CommandOptions, commandOptions, inTime, type Scope } from './scope.ts';
import type { ReadOptions } from './secondaries.ts';
import { repeatedTransaction } from './transaction.ts';

export type TenantParts = {
  client: MongoClient;
  places: Places;
  tenantId: ObjectId;
  scope: Scope;
  session?: ClientSession;
  /** Where a transaction is: it stays there while the tenant moves. */
  pinned?: Db;
};

/** Transactions that have inserted something of a tenant: where it does not live, that was refused. */
const inserted = new WeakSet<ClientSession>();

/** The commands of one collection, each sent to where the tenant is by then; bounded and counted. */
export class PlacedCommands<T extends TenantDocument> {
  readonly name: string;
  readonly #parts: TenantParts;

  constructor(name: string, parts: TenantParts) {
    this.name = name;
    this.#parts = parts;
  }

  /** In a transaction, where it was when that began. */
  get place(): Db {
    const { pinned, places, tenantId } = this.#parts;
    return pinned ?? places.dbOf(tenantId);
  }

  get collection(): Collection<T> {
    return driverCollection<T>(this.place, this.name);
  }

  /** Where this scope reads; in a transaction always the primary. Again where the tenant has moved meanwhile. */
  async read<R>(command: string, query: Query, run: (options: ReadOptions) => Promise<R>): Promise<R> {
    const { scope, session } = this.#parts;
    const sent = () => this.options(command);
    const place = this.place;
    const found = await inTime(
      scope.secondaries && !session ? scope.secondaries.read(sent, run) : run(sent()),
      this.#note(command, query),
    );
    return place === this.place ? found : this.read(command, query, run);
  }

  /** A change of one document goes once more to the tenant's new place where the old one refuses it. */
  changeOne<R>(command: string, query: Query, run: (options: CommandOptions) => Promise<R>): Promise<R> {
    return this.#send(command, query, run, !this.#parts.session);
  }

  /** Of several documents, some may be changed already when the others are refused: whoever may repeats it. */
  async changeMany<R>(
    command: string,
    query: Query,
    run: (options: CommandOptions) => Promise<R>,
  ): Promise<R> {
    const { places, tenantId, scope, session } = this.#parts;
    if (!session) await places.untilFree(tenantId, scope.deadline);
    return this.#send(command, query, run, false);
  }

  /** MongoDB validates no deletion: its transaction has to insert something as well (fence.ts). */
  remove<R>(command: string, query: Query, run: (options: CommandOptions) => Promise<R>): Promise<R> {
    const { client, places, tenantId, scope, session: joined } = this.#parts;
    if (joined) return this.#removeIn(joined, command, query, run);
    return repeatedTransaction(
      client,
      scope,
      (session) => this.#removeIn(session, command, query, run),
      () => places.untilFree(tenantId, scope.deadline),
    );
  }

  hasInserted(): void {
    if (this.#parts.session) inserted.add(this.#parts.session);
  }

  options(command: string, session = this.#parts.session, collection = this.name): CommandOptions {
    this.#parts.scope.onCommand(collection, command);
    return commandOptions(this.#parts.scope, session);
  }

  #send<R>(command: string, query: Query, run: (options: CommandOptions) => Promise<R>, again: boolean) {
    const { places, tenantId, scope } = this.#parts;
    const send = () => inTime(run(this.options(command)), this.#note(command, query));
    return places.write(tenantId, scope.deadline, send, again);
  }

  #removeIn<R>(
    session: ClientSession,
    command: string,
    query: Query,
    run: (options: CommandOptions) => Promise<R>,
  ): Promise<R> {
    const { places, tenantId, scope } = this.#parts;
    const remove = async () => {
      if (!inserted.has(session)) await this.#mark(session);
      return inTime(run(this.options(command, session)), this.#note(command, query));
    };
    return places.write(tenantId, scope.deadline, remove, false);
  }

  async #mark(session: ClientSession): Promise<void> {
    const mark = { _id: new ObjectId(), tenantId: this.#parts.tenantId };
    const marks = driverCollection<typeof mark>(this.place, writeMarks.name);
    await inTime(marks.insertOne({ ...mark }, this.options('insert', session, writeMarks.name)));
    await inTime(marks.deleteOne(mark, this.options('delete', session, writeMarks.name)));
    inserted.add(session);
  }

  #note(command: string, query: Query): CommandNote | undefined {
    return this.#parts.scope.commands?.note(this.name, command, query);
  }
}

const driverCollections = new WeakMap<Db, Map<string, Collection>>();

/** The driver's collections hold no state, and each time it makes one it works its options out again. */
function driverCollection<T extends TenantDocument>(db: Db, name: string): Collection<T> {
  const made = driverCollections.get(db) ?? new Map<string, Collection>();
  driverCollections.set(db, made);
  const collection = made.get(name) ?? db.collection(name);
  made.set(name, collection);
  return collection as unknown as Collection<T>;
}
