import type { ObjectId, Timestamp } from 'mongodb';
import type { CollectionDefinition, TenantDocument } from './collection.ts';
import { type OwnRecord, ownRecord } from './own-record.ts';
import type { Moment, OwnWrites } from './own-writes.ts';
import type { TenantParts } from './placed-commands.ts';
import type { Reads, Writes } from './reads.ts';
import { withRetry } from './retry.ts';
import type { Origin } from './scope.ts';
import { canBeWaitedFor, FORGET_MS, lastTime, Secondaries } from './secondaries.ts';
import { TenantCollection } from './tenant-collection.ts';
import { repeatedTransaction } from './transaction.ts';

type Parts = TenantParts & {
  cursorKey: Buffer;
  /** Whether what may be a little behind is read from secondaries; from the primary when absent. */
  secondaries?: boolean;
};

/** For how long an answer that depends on the time may be kept. */
const MOMENT_MS = 1_000;

/** One tenant's database, or a transaction on it: the only way to a tenant's collections. */
export class TenantDb {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get tenantId(): ObjectId {
    return this.#parts.tenantId;
  }

  /** Signs page cursors; the same for every process on this database. */
  get cursorKey(): Buffer {
    return this.#parts.cursorKey;
  }

  /** Who causes what is changed through this. */
  get origin(): Origin {
    return this.#parts.scope.origin;
  }

  /** Milliseconds since 1970 after which no command is sent any more. */
  get deadline(): number {
    return this.#parts.scope.deadline;
  }

  get inTransaction(): boolean {
    return this.#parts.session !== undefined;
  }

  /** The same for all requests of one process that may share a look-up, whatever their tenant. */
  get connection(): object {
    return this.#parts.client;
  }

  /** What is read of it through this is noted here. */
  get reads(): Reads | undefined {
    return this.#parts.scope.reads;
  }

  /** What is changed of it through this is noted here. */
  get writes(): Writes | undefined {
    return this.#parts.scope.writes;
  }

  /** What its caller has changed through this, and before. */
  get ownWrites(): OwnWrites | undefined {
    return this.#parts.scope.ownWrites;
  }

  /** Whether what it reads may be older than what is acknowledged. */
  get isBehind(): boolean {
    return this.#parts.scope.secondaries !== undefined;
  }

  /** What depends on it is true for a moment alone; see nowUntil. */
  now(): Date {
    return this.nowUntil((now) => new Date(now.getTime() + MOMENT_MS));
  }

  /** The time, for what then stays as it is until `next`, or for good. */
  nowUntil(next: (now: Date) => Date | null): Date {
    const { now, reads } = this.#parts.scope;
    const moment = now();
    reads?.endsAt(next(moment));
    return moment;
  }

  /** The same, with what is read noted elsewhere. */
  noting(reads: Reads): TenantDb {
    return new TenantDb({ ...this.#parts, scope: { ...this.#parts.scope, reads } });
  }

  /**
   * The same for what may be a little behind, though never behind its caller's own changes: reads go to secondaries where
   * that is switched on. `changes` are those of which the caller says nothing. An answer that is kept is read from the
   * primary, for it is taken to be of the moment it was made.
   */
  fromSecondaries(changes: readonly Moment[] = []): TenantDb {
    const { client, places, tenantId, scope, session, secondaries } = this.#parts;
    if (!secondaries || session || scope.reads) return this;
    const before = scope.ownWrites?.before;
    const all = before ? [before, ...changes] : changes;
    if (!all.every(canBeWaitedFor)) return this;
    const reading = new Secondaries(client, lastTime([...all, ...cameLately(places.sinceOf(tenantId))]));
    return new TenantDb({ ...this.#parts, scope: { ...scope, secondaries: reading } });
  }

  collection<T extends TenantDocument>(definition: CollectionDefinition<T>): TenantCollection<T> {
    if (definition.scope !== 'tenant') throw new Error(`${definition.name} is no tenant collection`);
    return new TenantCollection<T>(definition.name, this.#parts);
  }

  /** What the platform's own collection of tenants has of this one. */
  ownRecord<T extends { _id: ObjectId }>({ name, scope: kind }: CollectionDefinition<T>): OwnRecord<T> {
    const { places, tenantId, scope, session } = this.#parts;
    if (kind !== 'system') throw new Error(`${name} is a tenant collection`);
    return ownRecord({ collection: places.main.collection<T>(name), tenantId, scope, session });
  }

  /** The same with other time, for what may take longer than a request: a download that is read slowly. */
  until(deadline: number): TenantDb {
    return new TenantDb({ ...this.#parts, scope: { ...this.#parts.scope, deadline } });
  }

  /** Runs `work` in one transaction, again from the start when that may help; inside one, joins it. */
  transaction<R>(work: (tx: TenantDb) => Promise<R>): Promise<R> {
    const { client, places, tenantId, scope, session: joined } = this.#parts;
    if (joined) return work(this);
    return repeatedTransaction(
      client,
      scope,
      (session) => work(new TenantDb({ ...this.#parts, session, pinned: places.dbOf(tenantId) })),
      () => places.untilFree(tenantId, scope.deadline),
    );
  }

  /** Repeats one write that may be sent twice without harm, outside a transaction. */
  retry<R>(write: () => Promise<R>): Promise<R> {
    return withRetry(write, this.#parts.scope.deadline);
  }
}

/** A secondary may not have it yet: then there would be nothing of the tenant at all. */
const cameLately = (since: Timestamp | null): Moment[] =>
  since === null ? [] : [{ at: 1_000 * since.getHighBitsUnsigned(), time: since }].filter(isLate);

const isLate = ({ at }: Moment) => at + FORGET_MS > Date.now();
