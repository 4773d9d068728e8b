import { type Db, MongoServerError } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import type { Manifest } from './catalog.ts';
import { copyCollections } from './copying.ts';
import { describe, isSame } from './metadata.ts';
import { copyMoving } from './moving-copy.ts';
import { positionText } from './position.ts';
import { clusterTime, manifestOf, newId, type SnapshotParts } from './snapshot-parts.ts';
import { Targets } from './targets.ts';

export type SnapshotOptions = {
  stores: ObjectStore[];
  key: Buffer | null;
  signal?: AbortSignal;
  onProgress?: (documents: number, total: number) => void;
  /** A store that fails is told of, and the others get the snapshot. */
  onFailure?: (store: ObjectStore, error: Error) => void;
  /** It takes longer than MongoDB keeps the past, and begins again in the way that may take any time. */
  onMoving?: () => void;
};

const TRIES = 5;
const [PLAN_KILLED, SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE] = [175, 239, 246];

/**
 * Copies the installation whose own database is `main`, while it is written to: as it was at one moment, or, where that
 * takes longer than MongoDB keeps the past, with the oplog that makes one moment of it.
 */
export async function createSnapshot(main: Db, options: SnapshotOptions): Promise<Manifest> {
  const targets = new Targets(options);
  let copy = copyStill;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const parts = await prepare(main, options, targets);
    try {
      const manifest = await copy(parts);
      if (manifest) return await finish(manifest, targets);
    } catch (error) {
      const code = error instanceof MongoServerError ? error.code : undefined;
      if (code === SNAPSHOT_TOO_OLD) {
        copy = copyMoving;
        options.onMoving?.();
      } else if (code !== SNAPSHOT_UNAVAILABLE && code !== PLAN_KILLED) throw error;
    }
    await targets.removeAll(`snapshots/${parts.id}/`);
  }
  throw new BackupError(
    `Collections or indexes changed during each of ${TRIES} tries: try when that is over`,
  );
}

async function prepare(
  main: Db,
  { key, signal, onProgress }: SnapshotOptions,
  targets: Targets,
): Promise<SnapshotParts> {
  const before = await describe(main);
  const at = await clusterTime(main);
  const id = newId(at);
  const dump = `snapshots/${id}/dump`;
  return { main, id, before, at, copying: { targets, key, dump, signal, onProgress } };
}

/**
 * As it was at one moment. Null where a collection or an index was made or dropped meanwhile: mongod tells of those as
 * they are now and not as they were.
 */
async function copyStill(parts: SnapshotParts): Promise<Manifest | null> {
  const { main, at, before, copying } = parts;
  const reads = { readConcern: { level: 'snapshot', atClusterTime: at } };
  const collections = await copyCollections(before, { ...copying, reads });
  if (!isSame(before, await describe(main))) return null;
  return manifestOf(parts, positionText(at), collections);
}

/** Last: a snapshot without a manifest is none. */
async function finish(manifest: Manifest, targets: Targets): Promise<Manifest> {
  const body = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await targets.put(`snapshots/${manifest.id}/manifest.json`, () => body);
  return manifest;
}
