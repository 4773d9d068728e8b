import type {
  AnyBulkWriteOperation,
  ClientSession,
  Collection,
  Document,
  Filter,
  FindOneAndUpdateOptions,
  Hint,
  ObjectId,
  OptionalUnlessRequiredId,
  Sort,
  UpdateFilter,
  UpdateOptions,
  WithId,
} from 'mongodb';
import { serviceUnavailable } from '../errors.ts';
import type { TenantDocument } from './collection.ts';
import { decode } from './decode.ts';
import { refuseServerSideCode } from './fields.ts';
import { tenantFilter, tenantPipeline } from './pipeline.ts';
import { PlacedCommands, type TenantParts } from './placed-commands.ts';
import { asDeadline, type CommandOptions, type Scope } from './scope.ts';
import type { ReadOptions } from './secondaries.ts';
import { refuseTenantChange } from './tenant-change.ts';

export type FindOptions = { limit: number; sort?: Sort; projection?: Document; hint?: Hint };
export type FindOneOptions = Omit<FindOptions, 'limit'>;
export type Update<T> = UpdateFilter<T> | Document[];
/** A document as the domain states it; the tenant is added. */
export type NewDocument<T> = Omit<T, 'tenantId'>;

/** The driver's collection with the tenant in every filter, document and pipeline; bounded and counted. */
export class TenantCollection<T extends TenantDocument> {
  readonly #commands: PlacedCommands<T>;
  readonly #tenantId: ObjectId;
  readonly #scope: Scope;
  readonly #session: ClientSession | undefined;

  constructor(name: string, parts: TenantParts) {
    this.#commands = new PlacedCommands(name, parts);
    this.#tenantId = parts.tenantId;
    this.#scope = parts.scope;
    this.#session = parts.session;
  }

  /** At most `limit` documents; a list without a limit does not exist. */
  async find<P = WithId<T>>(filter: Filter<T>, { limit, ...options }: FindOptions): Promise<P[]> {
    if (!(limit >= 0)) throw new Error(`A list has a limit, not ${limit}`);
    // To mongod, a limit of 0 is none.
    if (limit === 0) return [];
    // A batch of the limit's size saves the second command; a single batch would silently end at 16 MB.
    const whole = { ...this.#findOptions(options), limit, batchSize: limit, raw: true };
    const asked = this.#filter(filter);
    const found = await this.#commands.read('find', { filter: asked, sort: options.sort }, (sent) => {
      const cursor = this.#collection.find(asked, { ...sent, ...whole });
      return cursor.toArray() as unknown as Promise<Uint8Array[]>;
    });
    const rows = found.map(decode);
    this.#scope.reads?.found(this.#name, this.#tenantId, filter, rows);
    return rows as unknown as P[];
  }

  async findOne<P = WithId<T>>(filter: Filter<T>, options: FindOneOptions = {}): Promise<P | null> {
    const whole = { ...this.#findOptions(options), raw: true };
    const asked = this.#filter(filter);
    const found = await this.#commands.read('find', { filter: asked, sort: options.sort }, (sent) => {
      const reading = this.#collection.findOne(asked, { ...sent, ...whole });
      return reading as unknown as Promise<Uint8Array | null>;
    });
    const row = found && decode(found);
    this.#scope.reads?.found(this.#name, this.#tenantId, filter, row ? [row] : []);
    return row as unknown as P | null;
  }

  /** Every match, in batches, for jobs; nothing is held but one batch. */
  async *scan<P = WithId<T>>(
    filter: Filter<T>,
    options: FindOneOptions & { batchSize?: number } = {},
  ): AsyncGenerator<P, void, void> {
    this.#scope.reads?.worked(this.#name, this.#tenantId, [{ $match: filter }, { $group: {} }], []);
    const whole = this.#findOptions(options);
    const rows = (sent: ReadOptions) =>
      this.#collection.find(this.#filter(filter), { ...sent, ...whole }) as AsyncIterable<P>;
    const { secondaries } = this.#scope;
    const sent = () => this.#commands.options('find');
    const place = this.#commands.place;
    try {
      yield* secondaries && !this.#session ? secondaries.scan(sent, rows) : rows(sent());
      if (place !== this.#commands.place)
        throw serviceUnavailable(`${this.#name} was moved while it was read: again`);
    } catch (error) {
      throw asDeadline(error);
    }
  }

  async aggregate<P extends Document>(
    pipeline: readonly Document[],
    options: { hint?: Hint } = {},
  ): Promise<P[]> {
    const scoped = tenantPipeline(pipeline, this.#tenantId);
    const found = await this.#commands.read('aggregate', { pipeline: scoped }, (sent) => {
      const cursor = this.#collection.aggregate(scoped, { ...sent, ...options, raw: true });
      return cursor.toArray() as unknown as Promise<Uint8Array[]>;
    });
    const rows = found.map(decode);
    this.#scope.reads?.worked(this.#name, this.#tenantId, pipeline, rows);
    return rows as unknown as P[];
  }

  /** Exact up to `limit`, which bounds the work. */
  async count(filter: Filter<T>, options: { limit: number; hint?: Hint }): Promise<number> {
    this.#scope.reads?.counted(this.#name, this.#tenantId, filter);
    const asked = this.#filter(filter);
    return this.#commands.read('aggregate', { filter: asked }, (sent) =>
      this.#collection.countDocuments(asked, { ...sent, ...options }),
    );
  }

  async distinct<V>(path: string, filter: Filter<T>): Promise<V[]> {
    this.#scope.reads?.counted(this.#name, this.#tenantId, { ...filter, [path]: null });
    const asked = this.#filter(filter);
    return this.#commands.read(
      'distinct',
      { filter: asked },
      (sent) => this.#collection.distinct(path, asked, sent) as Promise<V[]>,
    );
  }

  async insertOne(document: NewDocument<T>): Promise<T> {
    const whole = this.#own(document);
    this.#wrote(null);
    await this.#commands.changeOne('insert', {}, (options) => this.#collection.insertOne(whole, options));
    this.#commands.hasInserted();
    return whole as unknown as T;
  }

  async insertMany(documents: NewDocument<T>[]): Promise<T[]> {
    const whole = documents.map((document) => this.#own(document));
    this.#wrote(null);
    await this.#commands.changeMany('insert', {}, (options) => this.#collection.insertMany(whole, options));
    this.#commands.hasInserted();
    return whole as unknown as T[];
  }

  async updateOne(
    filter: Filter<T>,
    update: Update<T>,
    options: Pick<UpdateOptions, 'upsert' | 'arrayFilters' | 'hint'> = {},
  ) {
    this.#wrote(filter, options.upsert ? undefined : update);
    const asked = this.#filter(filter);
    const checked = this.#update(update);
    return this.#commands.changeOne('update', { filter: asked }, (sent) =>
      this.#collection.updateOne(asked, checked, { ...sent, ...options }),
    );
  }

  async updateMany(filter: Filter<T>, update: Update<T>, options: Pick<UpdateOptions, 'arrayFilters'> = {}) {
    this.#wrote(filter, update);
    const asked = this.#filter(filter);
    const checked = this.#update(update);
    return this.#commands.changeMany('update', { filter: asked }, (sent) =>
      this.#collection.updateMany(asked, checked, { ...sent, ...options }),
    );
  }

  async findOneAndUpdate(
    filter: Filter<T>,
    update: Update<T>,
    options: Pick<
      FindOneAndUpdateOptions,
      'returnDocument' | 'upsert' | 'projection' | 'arrayFilters' | 'sort'
    > = {},
  ): Promise<WithId<T> | null> {
    refuseServerSideCode(options.projection);
    this.#wrote(filter, options.upsert ? undefined : update);
    const asked = this.#filter(filter);
    const checked = this.#update(update);
    return this.#commands.changeOne('findAndModify', { filter: asked, sort: options.sort }, (sent) => {
      const all = { returnDocument: 'after' as const, ...sent, ...options };
      return this.#collection.findOneAndUpdate(asked, checked, all) as Promise<WithId<T> | null>;
    });
  }

  async findOneAndReplace(filter: Filter<T>, document: NewDocument<T>): Promise<WithId<T> | null> {
    this.#wrote(filter);
    const asked = this.#filter(filter);
    const whole = this.#own(document);
    return this.#commands.changeOne('findAndModify', { filter: asked }, (sent) => {
      const all = { returnDocument: 'after' as const, ...sent };
      return this.#collection.findOneAndReplace(asked, whole, all) as Promise<WithId<T> | null>;
    });
  }

  async deleteOne(filter: Filter<T>) {
    this.#wrote(filter);
    const asked = this.#filter(filter);
    return this.#commands.remove('delete', { filter: asked }, (sent) =>
      this.#collection.deleteOne(asked, sent),
    );
  }

  async deleteMany(filter: Filter<T>) {
    this.#wrote(filter);
    const asked = this.#filter(filter);
    return this.#commands.remove('delete', { filter: asked }, (sent) =>
      this.#collection.deleteMany(asked, sent),
    );
  }

  async bulkWrite(operations: TenantBulkWrite<T>[], options: { ordered?: boolean } = {}) {
    const scoped = operations.map((operation) => this.#bulkOperation(operation));
    for (const operation of operations) this.#wroteIn(operation);
    const run = (sent: CommandOptions) => this.#collection.bulkWrite(scoped, { ...sent, ...options });
    const removes = operations.some((operation) => 'deleteOne' in operation);
    return removes
      ? this.#commands.remove('bulkWrite', {}, run)
      : this.#commands.changeMany('bulkWrite', {}, run);
  }

  get #name(): string {
    return this.#commands.name;
  }

  /** Where the tenant is by now. */
  get #collection(): Collection<T> {
    return this.#commands.collection;
  }

  #wrote(filter: Filter<T> | null, update?: Update<T>) {
    if (!this.#session) this.#scope.ownWrites?.beside();
    this.#scope.writes?.wrote(this.#name, this.#tenantId, filter, update);
  }

  #wroteIn(operation: TenantBulkWrite<T>) {
    if ('insertOne' in operation) this.#wrote(null);
    else if ('deleteOne' in operation) this.#wrote(operation.deleteOne.filter);
    else if ('replaceOne' in operation) this.#wrote(operation.replaceOne.filter);
    else {
      const { filter, update, upsert } = operation.updateOne;
      this.#wrote(filter, upsert ? undefined : update);
    }
  }

  #findOptions<O extends FindOneOptions>(options: O): O {
    refuseServerSideCode(options.projection);
    return options;
  }

  #filter(filter: Filter<T>): Filter<T> {
    refuseServerSideCode(filter);
    return tenantFilter(filter, this.#tenantId) as Filter<T>;
  }

  #own(document: NewDocument<T>): OptionalUnlessRequiredId<T> {
    const named = (document as { tenantId?: ObjectId }).tenantId;
    if (named && !this.#tenantId.equals(named)) throw new Error("This document is another tenant's");
    return { ...document, tenantId: this.#tenantId } as unknown as OptionalUnlessRequiredId<T>;
  }

  #update(update: Update<T>): UpdateFilter<T> {
    refuseServerSideCode(update);
    refuseTenantChange(update);
    return update as UpdateFilter<T>;
  }

  #bulkOperation(operation: TenantBulkWrite<T>): AnyBulkWriteOperation<T> {
    if ('insertOne' in operation)
      return { insertOne: { document: this.#own(operation.insertOne.document) as never } };
    if ('deleteOne' in operation) return { deleteOne: { filter: this.#filter(operation.deleteOne.filter) } };
    if ('replaceOne' in operation) {
      const { filter, replacement, upsert } = operation.replaceOne;
      const whole = this.#own(replacement) as unknown as T;
      return { replaceOne: { filter: this.#filter(filter), replacement: whole, upsert: upsert ?? false } };
    }
    const { filter, update, ...options } = operation.updateOne;
    return { updateOne: { ...options, filter: this.#filter(filter), update: this.#update(update) } };
  }
}

export type TenantBulkWrite<T> =
  | { insertOne: { document: NewDocument<T> } }
  | { deleteOne: { filter: Filter<T> } }
  | { replaceOne: { filter: Filter<T>; replacement: NewDocument<T>; upsert?: boolean } }
  | {
      updateOne: {
        filter: Filter<T>;
        update: Update<T>;
        upsert?: boolean;
        arrayFilters?: Document[];
        hint?: Hint;
      };
    };
