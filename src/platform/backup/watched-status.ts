import { type ObjectStore, openStore, type S3Access } from '../object-store/object-store.ts';
import { type BackupStatus, backupStatus } from './verify.ts';

/** Stores are not asked more often, however often somebody looks. */
const FRESH_MS = 15_000;

/** `BACKUP_TO` names folders and buckets, with commas between. */
export const backupStores = (to: string | undefined, access: S3Access): ObjectStore[] =>
  (to?.split(',') ?? []).map((url) => openStore(url.trim(), access));

/** How the backup stands, by the store that is furthest behind. */
export function watchedStatus(stores: ObjectStore[]): () => Promise<BackupStatus | null> {
  let asked: { at: number; status: Promise<BackupStatus> } | undefined;
  return async () => {
    if (stores.length === 0) return null;
    if (!asked || Date.now() - asked.at > FRESH_MS)
      asked = { at: Date.now(), status: Promise.all(stores.map(backupStatus)).then(worstOf) };
    return asked.status;
  };
}

const worstOf = (all: BackupStatus[]): BackupStatus => ({
  lastSnapshot: earliest(all.map(({ lastSnapshot }) => lastSnapshot)),
  reachesTo: earliest(all.map(({ reachesTo }) => reachesTo)),
  lastVerified: earliest(all.map(({ lastVerified }) => lastVerified)),
});

/** None where one of them has none. */
const earliest = (times: (Date | null)[]): Date | null =>
  times.reduce((one, other) => (one && other && (one < other ? one : other)) || null);
