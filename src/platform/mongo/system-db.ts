import type { ClientSession, Collection, CommandOperationOptions, Db, Document, ObjectId } from 'mongodb';
import type { CollectionDefinition } from './collection.ts';
import { systemComment } from './guard.ts';
import { Places } from './places.ts';
import { type CommandOptions, commandOptions, noOrigin, type Scope } from './scope.ts';
import type { TenantDb } from './tenant-db.ts';
import { repeatedTransaction } from './transaction.ts';

type Parts = {
  db: Db;
  places: Places;
  reason: string;
  scope: Scope;
  forTenant: (tenantId: ObjectId, session?: ClientSession) => TenantDb;
  session?: ClientSession;
};

/**
 * A database beyond tenants, for the platform's own collections, which are in the shared one alone, and for jobs that cross
 * tenants; each says why. What concerns all tenants asks each of `Database.systemDbs`.
 */
export class SystemDb {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  now(): Date {
    return this.#parts.scope.now();
  }

  /**
   * The driver's own collection: each command takes `options`, without which it is not in the transaction. On a tenant
   * collection each needs `comment` as well (see `because`).
   */
  collection<T extends Document>(definition: CollectionDefinition<T>): Collection<T> {
    return this.#parts.db.collection<T>(definition.name);
  }

  /** What bounds one command, and puts it into the transaction where there is one. */
  get options(): CommandOptions {
    return commandOptions(this.#parts.scope, this.#parts.session);
  }

  /** Options that let a command cross tenants, with the reason where the database's log shows it. */
  get because(): Pick<CommandOperationOptions, 'comment'> {
    return { comment: systemComment(this.#parts.reason) };
  }

  /** A condition for what crosses tenants: of those who live in this database, and not of what others have left here. */
  get here(): { tenantId?: { $nin: ObjectId[] } } {
    const gone = this.#parts.places.elsewhere(this.#parts.db);
    return gone.length === 0 ? {} : { tenantId: { $nin: gone } };
  }

  /** The shared database, which has all that is of the platform. */
  get shared(): SystemDb {
    return new SystemDb({ ...this.#parts, db: this.#parts.places.main });
  }

  /** The same in the database in which a tenant lives. */
  of(tenantId: ObjectId): SystemDb {
    return new SystemDb({ ...this.#parts, db: this.#parts.places.dbOf(tenantId) });
  }

  /** The place of a tenant's own database; null in the shared one. */
  placeOf(tenantId: ObjectId): string | null {
    return this.#parts.places.placeOf(tenantId);
  }

  /** One tenant's database, in the same transaction where there is one. */
  forTenant(tenantId: ObjectId): TenantDb {
    return this.#parts.forTenant(tenantId, this.#parts.session);
  }

  /** Runs `work` in one transaction, again from the start when that may help; inside one, joins it. */
  transaction<R>(work: (tx: SystemDb) => Promise<R>): Promise<R> {
    const { db, scope, session: joined } = this.#parts;
    if (joined) return work(this);
    return repeatedTransaction(db.client, scope, (session) =>
      work(new SystemDb({ ...this.#parts, session })),
    );
  }

  /** For migrations and the index script alone. */
  get raw(): Db {
    return this.#parts.db;
  }
}

const LOOK_MS = 5_000;

/** For a command line that only looks: it knows no tenant. */
export const lookingDb = (db: Db, reason: string): SystemDb =>
  new SystemDb({
    ...{ db, reason, places: new Places(db) },
    scope: {
      ...{ now: () => new Date(), origin: noOrigin, onCommand: () => {} },
      ...{ deadline: Number.POSITIVE_INFINITY, commandMs: LOOK_MS },
    },
    forTenant: () => {
      throw new Error(`${reason}: of no tenant`);
    },
  });
