import type { Collection, CommandOperationOptions, Db, Document, ObjectId } from 'mongodb';
import type { CollectionDefinition } from './collection.ts';
import { systemComment } from './guard.ts';
import type { Scope } from './scope.ts';
import type { TenantDb } from './tenant-db.ts';

/** The database beyond tenants, for the platform's own collections and for jobs that cross tenants; each says why. */
export class SystemDb {
  readonly #db: Db;
  readonly #reason: string;
  readonly #forTenant: (tenantId: ObjectId) => TenantDb;
  readonly #scope: Scope;

  constructor(db: Db, reason: string, scope: Scope, forTenant: (tenantId: ObjectId) => TenantDb) {
    this.#db = db;
    this.#reason = reason;
    this.#scope = scope;
    this.#forTenant = forTenant;
  }

  now(): Date {
    return this.#scope.now();
  }

  /** The driver's own collection. On a tenant collection each command needs `comment` (see `because`). */
  collection<T extends Document>(definition: CollectionDefinition<T>): Collection<T> {
    return this.#db.collection<T>(definition.name);
  }

  /** Options that let a command cross tenants, with the reason where the database's log shows it. */
  get because(): Pick<CommandOperationOptions, 'comment'> {
    return { comment: systemComment(this.#reason) };
  }

  forTenant(tenantId: ObjectId): TenantDb {
    return this.#forTenant(tenantId);
  }

  /** For migrations and the index script alone. */
  get raw(): Db {
    return this.#db;
  }
}
