import type { Config } from './config.ts';
import { checkAllShops } from './domains/checks/check-shops.ts';
import { OplogGap } from './platform/backup/backup-error.ts';
import { listSnapshots } from './platform/backup/catalog.ts';
import { type BackupDatabase, connectForBackup } from './platform/backup/connect.ts';
import { mergeSegments } from './platform/backup/merging.ts';
import { tailOplog } from './platform/backup/oplog-tail.ts';
import { endOfSecond } from './platform/backup/position.ts';
import { prune } from './platform/backup/retention.ts';
import { readBackupKey } from './platform/backup/sealing.ts';
import { createSnapshot } from './platform/backup/snapshot.ts';
import { backupStatus, verifyBackup } from './platform/backup/verify.ts';
import { backupStores } from './platform/backup/watched-status.ts';
import { type Clock, type Job, startClock } from './platform/jobs/clock.ts';
import type { Log } from './platform/log.ts';
import { openDatabase } from './platform/mongo/client.ts';
import type { ObjectStore } from './platform/object-store/object-store.ts';
import { serverCacheDir } from './platform/servers/binary-cache.ts';
import { findMongod } from './platform/servers/mongod-binary.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KEEP = { daily: 7, weekly: 4, monthly: 12 };

type Parts = { source: BackupDatabase; stores: ObjectStore[]; key: Buffer | null; config: Config; log: Log };

/** Keeps the backup of BACKUP_TO up to date: the oplog all the time, a snapshot and a trial restore once a day. */
export async function startBackup(config: Config, mongodbUri: string, log: Log): Promise<Clock | null> {
  if (!config.BACKUP_TO) return null;
  const stores = backupStores(config.BACKUP_TO, config);
  const key = config.BACKUP_KEY === undefined ? null : readBackupKey(config.BACKUP_KEY);
  const source = await connectForBackup(mongodbUri, config.MONGODB_DATABASE);
  const parts = { source, stores, key, config, log };
  const stopping = new AbortController();
  const clock = startClock(jobsOf(parts, stopping.signal), log);
  return {
    stop: async () => {
      stopping.abort();
      await clock.stop();
      await source.close();
    },
  };
}

const jobsOf = (parts: Parts, signal: AbortSignal): Job[] => [
  ...parts.stores.map((store) => ({
    name: `copy the oplog to ${store.url}`,
    everyMs: 1_000,
    run: () => tail(parts, store, signal),
  })),
  { name: 'merge what was copied of the oplog', everyMs: HOUR_MS, run: () => mergeOld(parts) },
  { name: 'make a snapshot', everyMs: 10 * MINUTE_MS, run: () => snapshotDaily(parts) },
  { name: 'restore the backup for trial', everyMs: HOUR_MS, run: () => verifyDaily(parts) },
];

/** A gap is told loudly, and what comes after it is within reach again at once. */
async function tail({ source, key, log }: Parts, store: ObjectStore, signal: AbortSignal): Promise<void> {
  const { db, client } = source;
  if ((await listSnapshots(store)).length === 0) await createSnapshot(db, { stores: [store], key });
  const options = { database: db.databaseName, store, key, signal };
  await tailOplog(client, options).catch(async (error) => {
    if (!(error instanceof OplogGap)) throw error;
    log.error({ err: error }, 'the backup has a gap; making a new snapshot');
    await createSnapshot(db, { stores: [store], key });
  });
}

async function mergeOld({ stores, key }: Parts): Promise<void> {
  const before = endOfSecond(new Date(Date.now() - HOUR_MS));
  for (const store of stores) await mergeSegments(store, key, before);
}

async function snapshotDaily({ source, stores, key }: Parts): Promise<void> {
  for (const store of stores) {
    const last = (await listSnapshots(store)).at(-1);
    if (!last || Date.now() - Date.parse(last.time) < DAY_MS) continue;
    await createSnapshot(source.db, { stores: [store], key });
    await prune(store, KEEP);
  }
}

async function verifyDaily({ stores, key, config, log }: Parts): Promise<void> {
  for (const store of stores) {
    const { lastSnapshot, lastVerified } = await backupStatus(store);
    if (!lastSnapshot || (lastVerified && Date.now() - lastVerified.getTime() < DAY_MS)) continue;
    const mongod = await findMongod({
      ...(config.MONGOMS_SYSTEM_BINARY && { systemMongod: config.MONGOMS_SYSTEM_BINARY }),
      path: config.PATH,
      cacheDir: serverCacheDir(config),
      report: (line) => log.debug(line),
    });
    const options = { store, key, mongod, now: () => new Date(), check: checkRestored };
    log.info({ verified: await verifyBackup(options) }, 'the backup was restored for trial');
  }
}

/** What is wrong in the data of the shops of a restored database. */
export async function checkRestored(uri: string, name: string): Promise<string[]> {
  const database = await openDatabase({ uri, name, guard: false });
  const wrong: string[] = [];
  try {
    await checkAllShops(database, {
      onDifference: ({ check, record, stands }, { subdomain }) =>
        wrong.push(`${subdomain} ${record} ${check}: ${stands}`),
    });
  } finally {
    await database.close();
  }
  return wrong;
}
