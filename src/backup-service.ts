import { once } from 'node:events';
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
import type { Held, WithLock } from './platform/jobs/lock.ts';
import type { Log } from './platform/log.ts';
import { openDatabase } from './platform/mongo/client.ts';
import type { ObjectStore } from './platform/object-store/object-store.ts';
import { serverCacheDir } from './platform/servers/binary-cache.ts';
import { findMongod } from './platform/servers/mongod-binary.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KEEP = { daily: 7, weekly: 4, monthly: 12 };

/** How long the others wait for a holder that was killed: with what the oplog holds, nothing is lost meanwhile. */
const LOCK_MS = 15_000;

type Parts = { source: BackupDatabase; key: Buffer | null; config: Config; log: Log };
/** One store, and until when this process is the one that keeps it. */
type Keeping = Parts & { store: ObjectStore; signal: AbortSignal };

export type BackupServices = {
  config: Config;
  mongodbUri: string;
  log: Log;
  withLock: WithLock;
  lockMs?: number;
};

/**
 * Keeps the backup of BACKUP_TO up to date: the oplog all the time, a snapshot and a trial restore once a day. Of many
 * processes one does so for a store at a time; when it is gone, another takes over.
 */
export async function startBackup(services: BackupServices): Promise<Clock | null> {
  const { config, mongodbUri, log, withLock, lockMs = LOCK_MS } = services;
  if (!config.BACKUP_TO) return null;
  const stores = backupStores(config.BACKUP_TO, config);
  const key = config.BACKUP_KEY === undefined ? null : readBackupKey(config.BACKUP_KEY);
  const source = await connectForBackup(mongodbUri, config.MONGODB_DATABASE);
  const stopping = new AbortController();
  const keepers = stores.map((store): Job => {
    const name = `keep the backup in ${store.url}`;
    const work = async ({ lost }: Held) =>
      keep({ source, key, config, log, store, signal: AbortSignal.any([stopping.signal, lost]) });
    const run = async () => {
      if (!stopping.signal.aborted) await withLock({ name, ttlMs: lockMs }, work);
    };
    return { name, everyMs: Math.min(SECOND_MS, lockMs), run };
  });
  const clock = startClock(keepers, log);
  return {
    stop: async () => {
      stopping.abort();
      await clock.stop();
      await source.close();
    },
  };
}

/** Until the signal. */
async function keep(keeping: Keeping): Promise<void> {
  const { log, signal } = keeping;
  const clock = startClock(jobsOf(keeping), log);
  if (!signal.aborted) await once(signal, 'abort');
  await clock.stop();
}

const jobsOf = (keeping: Keeping): Job[] => {
  const { url } = keeping.store;
  return [
    { name: `copy the oplog to ${url}`, everyMs: SECOND_MS, run: () => tail(keeping) },
    { name: `merge what was copied to ${url}`, everyMs: HOUR_MS, run: () => mergeOld(keeping) },
    { name: `make a snapshot in ${url}`, everyMs: 10 * MINUTE_MS, run: () => snapshotDaily(keeping) },
    { name: `restore ${url} for trial`, everyMs: HOUR_MS, run: () => verifyDaily(keeping) },
  ].map((job) => ({ ...job, run: () => job.run().catch((error) => unlessOver(keeping, error)) }));
};

/** What is cut off because somebody else goes on, or because the process ends, has not failed. */
function unlessOver({ signal }: Keeping, error: unknown): void {
  if (!signal.aborted) throw error;
}

/** A gap is told loudly, and what comes after it is within reach again at once. */
async function tail(keeping: Keeping): Promise<void> {
  const { source, store, key, signal, log } = keeping;
  if ((await listSnapshots(store)).length === 0) await snapshot(keeping);
  const options = { database: source.db.databaseName, store, key, signal };
  await tailOplog(source.client, options).catch(async (error) => {
    if (!(error instanceof OplogGap)) throw error;
    log.error({ err: error }, 'the backup has a gap; making a new snapshot');
    await snapshot(keeping);
  });
}

const snapshot = ({ source, store, key, signal, log }: Keeping) =>
  createSnapshot(source.db, {
    ...{ stores: [store], key, signal },
    onMoving: () =>
      log.warn('the snapshot takes longer than MongoDB keeps the past; making it with the oplog'),
  });

async function mergeOld({ store, key }: Keeping): Promise<void> {
  await mergeSegments(store, key, endOfSecond(new Date(Date.now() - HOUR_MS)));
}

async function snapshotDaily(keeping: Keeping): Promise<void> {
  const { store } = keeping;
  const last = (await listSnapshots(store)).at(-1);
  if (!last || Date.now() - Date.parse(last.time) < DAY_MS) return;
  await snapshot(keeping);
  await prune(store, KEEP);
}

async function verifyDaily({ store, key, config, log }: Keeping): Promise<void> {
  const { lastSnapshot, lastVerified } = await backupStatus(store);
  if (!lastSnapshot || (lastVerified && Date.now() - lastVerified.getTime() < DAY_MS)) return;
  const mongod = await findMongod({
    ...(config.MONGOMS_SYSTEM_BINARY && { systemMongod: config.MONGOMS_SYSTEM_BINARY }),
    path: config.PATH,
    cacheDir: serverCacheDir(config),
    report: (line) => log.debug(line),
  });
  const options = { store, key, mongod, now: () => new Date(), check: checkRestored };
  log.info({ verified: await verifyBackup(options) }, 'the backup was restored for trial');
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
