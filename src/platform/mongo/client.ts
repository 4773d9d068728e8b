import type { Tracer } from '@opentelemetry/api';
import {
  type ChangeStream,
  type ChangeStreamOptions,
  type ClientSession,
  type Db,
  type Document,
  MongoClient,
  type MongoClientOptions,
  MongoServerError,
  type ObjectId,
  type Timestamp,
} from 'mongodb';
import { traceCommands } from './command-spans.ts';
import { guardTenants, systemComment } from './guard.ts';
import { DRIVER_INFO } from './idle-transactions.ts';
import { databasesLike } from './placements.ts';
import { Places } from './places.ts';
import { noOrigin, type Scope } from './scope.ts';
import { findCursorKey } from './secrets.ts';
import { SystemDb } from './system-db.ts';
import { TenantDb } from './tenant-db.ts';

/** The longest that one command of a job may take; requests bring bounds of their own. */
const JOB_MS = 10 * 60_000;

/** No request waits for what looks at all collections at once. */
const UNHURRIED_MS = 30_000;

const SETTINGS: MongoClientOptions = {
  retryWrites: true,
  retryReads: true,
  w: 'majority',
  journal: true,
  readConcernLevel: 'majority',
  serverSelectionTimeoutMS: 8_000,
  connectTimeoutMS: 2_000,
  heartbeatFrequencyMS: 1_000,
  waitQueueTimeoutMS: 500,
  ignoreUndefined: true,
  driverInfo: DRIVER_INFO,
};

export type DatabaseOptions = {
  uri: string;
  name: string;
  /** Check each command for its tenant on its way out: always in tests, by a switch elsewhere. */
  guard: boolean;
  now?: () => Date;
  /** Whether `fromSecondaries` leads there; to the primary when absent. */
  secondaries?: boolean;
  /** Has a span for each command; null where nobody wants to see traces. */
  tracer?: Tracer | null;
  /** Hears of every command of the data layer, for the metrics. */
  onCommand?: (collection: string, command: string) => void;
};

export type Database = {
  client: MongoClient;
  tenantDb: (tenantId: ObjectId, scope?: Partial<Scope>) => TenantDb;
  /** The shared database, with all that is of the platform. */
  systemDb: (reason: string, scope?: Partial<Scope>) => SystemDb;
  /** The same for each database in which tenants live, the shared one first. */
  systemDbs: (reason: string, scope?: Partial<Scope>) => SystemDb[];
  /** In which database each tenant lives. */
  places: Places;
  /** The changes of all tenants, as they happen; only to be told on to the tenant of each. */
  watch: (reason: string, pipeline: Document[], options?: ChangeStreamOptions) => ChangeStream;
  /** The time of the last change, by the clock that all changes are ordered by. */
  time: () => Promise<Timestamp>;
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

/** Connects, or throws after at most eight seconds. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const client = await connect(options);
  try {
    const places = new Places(client.db(options.name));
    await places.refresh();
    const isWide = await mayWatchAll(client);
    return databaseOf(client, places, await findCursorKey(places.main), isWide, options);
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** `patienceMs`: how long a server is waited for; eight seconds when absent. */
type RawOptions = { uri: string; name: string; patienceMs?: number };

export type RawDatabase = { db: Db; close: () => Promise<void> };

/** The driver's database, unguarded, for the index script and migrations, which concern every tenant. */
export async function openRawDatabase({ uri, name, patienceMs }: RawOptions): Promise<RawDatabase> {
  const client = await connect(
    { uri, guard: false },
    {
      waitQueueTimeoutMS: UNHURRIED_MS,
      ...(patienceMs !== undefined && { serverSelectionTimeoutMS: patienceMs }),
    },
  );
  return { db: client.db(name), close: () => client.close() };
}

async function connect(
  { uri, guard, tracer }: Pick<DatabaseOptions, 'uri' | 'guard' | 'tracer'>,
  settings: MongoClientOptions = {},
): Promise<MongoClient> {
  const client = new MongoClient(uri, {
    ...SETTINGS,
    ...settings,
    monitorCommands: guard || Boolean(tracer),
  });
  if (guard) guardTenants(client);
  if (tracer) traceCommands(client, tracer);
  await client.connect().catch(async (error) => {
    await client.close();
    throw error;
  });
  return client;
}

function databaseOf(
  client: MongoClient,
  places: Places,
  cursorKey: Buffer,
  isWide: boolean,
  { now = () => new Date(), onCommand, secondaries = false }: DatabaseOptions,
): Database {
  const { main } = places;
  const job = (scope: Partial<Scope> = {}): Scope => ({
    now,
    origin: noOrigin,
    onCommand: onCommand ?? (() => {}),
    deadline: Number.POSITIVE_INFINITY,
    commandMs: JOB_MS,
    ...scope,
  });
  const tenantDb = (tenantId: ObjectId, scope?: Partial<Scope>, session?: ClientSession) =>
    new TenantDb({
      ...{ client, places, tenantId, cursorKey, secondaries },
      scope: job(scope),
      ...(session && { session, pinned: places.dbOf(tenantId) }),
    });
  const systemDb = (db: Db, reason: string, scope?: Partial<Scope>) =>
    new SystemDb({
      ...{ db, places, reason },
      scope: job(scope),
      forTenant: (tenantId, session) => tenantDb(tenantId, scope, session),
    });
  return {
    client,
    tenantDb: (tenantId, scope) => tenantDb(tenantId, scope),
    systemDb: (reason, scope) => systemDb(main, reason, scope),
    systemDbs: (reason, scope) => places.databases().map((db) => systemDb(db, reason, scope)),
    places,
    watch: (reason, pipeline, watched) => {
      const ours = { $match: { 'ns.db': databasesLike(main.databaseName) } };
      const options = { ...watched, comment: systemComment(reason) };
      return isWide ? client.watch([ours, ...pipeline], options) : main.watch(pipeline, options);
    },
    time: async () => (await main.command({ ping: 1, maxTimeMS: 2_000 })).operationTime,
    ping: async () => {
      await main.command({ ping: 1, maxTimeMS: 2_000 });
    },
    close: () => {
      places.stop();
      return client.close();
    },
  };
}

const NOT_ALLOWED = 13;

/** A user of one database alone may follow that one; as long as no shop has another, it is enough. */
export async function mayWatchAll(client: MongoClient): Promise<boolean> {
  const watch = {
    aggregate: 1,
    pipeline: [{ $changeStream: { allChangesForCluster: true } }],
    cursor: { batchSize: 0 },
    comment: systemComment('whether changes in all databases may be followed'),
  };
  const admin = client.db('admin');
  try {
    const { cursor } = await admin.command(watch);
    await admin.command({ killCursors: '$cmd.aggregate', cursors: [cursor.id] });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NOT_ALLOWED) return false;
    throw error;
  }
}
