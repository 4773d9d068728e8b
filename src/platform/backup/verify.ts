import { text } from 'node:stream/consumers';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { chainFrom, listSegments, listSnapshots, type Manifest } from './catalog.ts';
import { type BackupDatabase, connectForBackup } from './connect.ts';
import { hashInstallation } from './database-hash.ts';
import { secondsOf } from './position.ts';
import { planRestore, type RestoreOptions, restoreDatabase } from './restore.ts';
import { onScratchServer } from './scratch.ts';

const VERIFIED = 'status/verified.json';

export type Verified = {
  at: string;
  snapshot: string;
  until: string;
  collections: number;
  documents: number;
  entries: number;
};

export type VerifyOptions = RestoreOptions & {
  mongod: string;
  now: () => Date;
  /** Looks at the restored database as its users would; answers what is wrong. */
  check: (uri: string, name: string) => Promise<string[]>;
};

/** Restores the latest state on a server of its own, and compares it with what was written down at the snapshot. */
export async function verifyBackup(options: VerifyOptions): Promise<Verified> {
  const { store, mongod, now, check } = options;
  const plan = await planRestore(store, 'latest');
  const { snapshot } = plan;
  return onScratchServer(mongod, async (uri) => {
    const scratch = await connectForBackup(uri, snapshot.database);
    try {
      const onSnapshot = () => compare(scratch, snapshot);
      const restored = await restoreDatabase(scratch.db, plan, { ...options, onSnapshot });
      const wrong = await check(uri, snapshot.database);
      if (wrong.length > 0)
        throw new BackupError(
          `The restored data are not right in themselves:\n${wrong.slice(0, 20).join('\n')}`,
        );
      const verified: Verified = {
        at: now().toISOString(),
        snapshot: snapshot.id,
        until: secondsOf(restored.until).toISOString(),
        collections: snapshot.collections.length,
        documents: restored.documents,
        entries: restored.entries,
      };
      await store.put(VERIFIED, Buffer.from(JSON.stringify(verified)));
      return verified;
    } finally {
      await scratch.close();
    }
  });
}

async function compare({ db }: BackupDatabase, snapshot: Manifest): Promise<void> {
  const found = await hashInstallation(db);
  for (const { database, name, count, hash } of snapshot.collections) {
    const restored = found.get(`${database}.${name}`);
    if (restored?.hash === hash && restored.count === count) continue;
    throw new BackupError(
      `${database}.${name} came back otherwise: ${restored?.count ?? 0} documents with hash ${restored?.hash}, should be ${count} with ${hash}`,
    );
  }
}

export type BackupStatus = {
  lastSnapshot: Date | null;
  /** Up to where the oplog is copied. */
  reachesTo: Date | null;
  lastVerified: Date | null;
};

export async function backupStatus(store: ObjectStore): Promise<BackupStatus> {
  const last = (await listSnapshots(store)).at(-1);
  const reached = last && (chainFrom(await listSegments(store), last.position).at(-1)?.to ?? last.position);
  const body = await store.get(VERIFIED);
  const verified: Verified | null = body ? JSON.parse(await text(body)) : null;
  return {
    lastSnapshot: last ? new Date(last.time) : null,
    reachesTo: reached ? secondsOf(reached) : null,
    lastVerified: verified ? new Date(verified.at) : null,
  };
}
