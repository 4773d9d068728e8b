import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Document, ObjectId, Timestamp } from 'mongodb';
import { serviceUnavailable } from '../errors.ts';
import { isFenced } from './fence.ts';
import { databaseNameOf, type Lived, ownerOf, type Placement, placements } from './placements.ts';

/** How old the table may be. While a shop is moved, everybody looks more often, so as to know together. */
export const TABLE_MS = 1_000;
const MOVING_MS = 200;
/** A write waits so long for a shop that is just changing its place; then its caller is told to try again. */
const HOLD_MS = 5_000;
const LOOK_MS = 2_000;
const PAUSE_MS = 50;

/**
 * In which database each tenant is: a small table that each process has, for it holds only those that ever left the shared
 * one. It may be a moment old: what is written to where a tenant no longer is, that database refuses (fence.ts).
 */
export class Places {
  readonly main: Db;
  readonly #databases = new Map<string, Db>();
  #table = new Map<string, Placement>();
  #asOf: Timestamp | null = null;
  #reading: Promise<void> | null = null;
  #isFollowed = false;

  constructor(main: Db) {
    this.main = main;
    this.#databases.set(main.databaseName, main);
  }

  /** Null: the shared database. */
  placeOf(tenantId: ObjectId): string | null {
    return this.#recordOf(tenantId)?.place ?? null;
  }

  dbOf(tenantId: ObjectId): Db {
    return this.at(this.placeOf(tenantId));
  }

  at(place: string | null): Db {
    const name = databaseNameOf(this.main.databaseName, place);
    const known = this.#databases.get(name) ?? this.main.client.db(name);
    this.#databases.set(name, known);
    return known;
  }

  /** The shared database, and those in which somebody lives. */
  databases(): Db[] {
    const places = [...this.#table.values()].flatMap(({ place }) => place ?? []);
    return [this.main, ...places.map((place) => this.at(place))];
  }

  /** Tenants that do not live in a database, though something of theirs may be there. */
  elsewhere(db: Db): ObjectId[] {
    if (db !== this.main) return [];
    return [...this.#table.values()].flatMap(({ _id, place, move }) => (place !== null && move ? [_id] : []));
  }

  /** When a tenant came to where it is; null where it always was. */
  sinceOf(tenantId: ObjectId): Timestamp | null {
    return this.#recordOf(tenantId)?.since ?? null;
  }

  /** Whether nothing of a tenant is to be written just now. */
  isHeld(tenantId: ObjectId): boolean {
    const phase = this.#recordOf(tenantId)?.move?.phase;
    return phase === 'FENCED' || phase === 'SETTLING';
  }

  async untilFree(tenantId: ObjectId, deadline: number): Promise<void> {
    const until = Math.min(deadline, Date.now() + HOLD_MS);
    while (this.isHeld(tenantId)) {
      if (Date.now() + PAUSE_MS > until)
        throw serviceUnavailable('This shop is being moved to another database: try again in a moment');
      await sleep(PAUSE_MS);
      await this.refresh();
    }
  }

  /** Sends a write of one document; once more to its new place where the old one refuses it. */
  async write<R>(tenantId: ObjectId, deadline: number, send: () => Promise<R>, again: boolean): Promise<R> {
    for (;;) {
      if (again && this.isHeld(tenantId)) await this.untilFree(tenantId, deadline);
      try {
        return await send();
      } catch (error) {
        if (!isFenced(error)) throw error;
        await this.refresh();
        if (!again || Date.now() > deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  /** Who asks while it is being read gets what that finds. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Keeps the table up to date, until the client is closed. */
  follow(): void {
    if (this.#isFollowed) return;
    this.#isFollowed = true;
    const look = async () => {
      // A database that does not answer is told of by whatever else asks it.
      await this.refresh().catch(() => {});
      if (this.#isFollowed) setTimeout(look, this.#pause()).unref();
    };
    setTimeout(look, this.#pause()).unref();
  }

  stop(): void {
    this.#isFollowed = false;
  }

  /** Whether an entry of the change stream is of where its tenant lived then, and no copy that is made or taken away. */
  async isOwn({ ns, clusterTime, operationType, tenantId, event }: Document): Promise<boolean> {
    const isMain = ns.db === this.main.databaseName;
    const owner = isMain
      ? operationType === 'insert' && (event?.tenantId ?? tenantId)
      : ownerOf(this.main.databaseName, ns.db);
    // Of the shared database, only what is inserted says whose it is, and only that would be heard of twice.
    if (!owner) return isMain;
    const hex = String(owner);
    const place = isMain ? null : hex;
    if (isMain && !this.#table.has(hex)) return true;
    if (this.#hasLived(hex, place, clusterTime)) return true;
    while (!this.#asOf?.greaterThanOrEqual(clusterTime)) await this.refresh();
    return this.#hasLived(hex, place, clusterTime);
  }

  #hasLived(hex: string, place: string | null, at: Timestamp): boolean {
    const record = this.#table.get(hex);
    if (!record) return place === null;
    const { since, before } = record;
    return hasLived(record, place, at, null) || (before !== null && hasLived(before, place, at, since));
  }

  #recordOf(tenantId: ObjectId): Placement | undefined {
    return this.#table.size === 0 ? undefined : this.#table.get(tenantId.toHexString());
  }

  #pause(): number {
    return [...this.#table.values()].some(({ move }) => move) ? MOVING_MS : TABLE_MS;
  }

  async #read(): Promise<void> {
    const session = this.main.client.startSession();
    try {
      const found = await this.main
        .collection<Placement>(placements.name)
        .find({}, { session, maxTimeMS: LOOK_MS })
        .toArray();
      this.#table = new Map(found.map((one) => [one._id.toHexString(), one]));
      this.#asOf = session.operationTime ?? null;
    } finally {
      await session.endSession();
    }
  }
}

const hasLived = (lived: Lived, place: string | null, at: Timestamp, until: Timestamp | null): boolean =>
  lived.place === place &&
  (lived.since === null || at.greaterThan(lived.since)) &&
  (until === null || at.lessThanOrEqual(until));
