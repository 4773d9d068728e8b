import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { listSegments, listSnapshots, type Manifest } from './catalog.ts';

export type Keep = { daily: number; weekly: number; monthly: number };

const DAY_MS = 86_400_000;

/** `daily=7,weekly=4,monthly=12`; what is not named is 0. */
export function readKeep(text: string): Keep {
  const keep: Keep = { daily: 0, weekly: 0, monthly: 0 };
  for (const part of text.split(',')) {
    const [, name, count] = /^\s*(daily|weekly|monthly)=(\d{1,4})\s*$/.exec(part) ?? [];
    if (!name || !count)
      throw new BackupError(`"${part}" is no rule: it is like daily=7,weekly=4,monthly=12`);
    keep[name as keyof Keep] = Number(count);
  }
  return keep;
}

const PERIODS: [keyof Keep, (time: string) => string][] = [
  ['daily', (time) => time.slice(0, 10)],
  // 1970 began on a Thursday; weeks begin on Monday.
  ['weekly', (time) => String(Math.floor((Date.parse(time) / DAY_MS + 3) / 7))],
  ['monthly', (time) => time.slice(0, 7)],
];

/** The last snapshot of each period, of as many periods as are to be kept, and the newest in any case. */
export function keptSnapshots(snapshots: Manifest[], keep: Keep): Set<string> {
  const newest = snapshots.at(-1);
  const kept = new Set(newest ? [newest.id] : []);
  for (const [name, periodOf] of PERIODS) {
    const lastOf = new Map(snapshots.map(({ id, time }) => [periodOf(time), id]));
    for (const id of [...lastOf.values()].slice(lastOf.size - Math.min(lastOf.size, keep[name])))
      kept.add(id);
  }
  return kept;
}

export type Pruned = { snapshots: string[]; segments: number; bytes: number };

/** Every second since the oldest kept snapshot stays within reach. */
export async function prune(store: ObjectStore, keep: Keep, now = new Date()): Promise<Pruned> {
  const snapshots = await listSnapshots(store);
  const kept = keptSnapshots(snapshots, keep);
  const pruned: Pruned = { snapshots: [], segments: 0, bytes: 0 };
  for (const { id } of snapshots) {
    if (kept.has(id)) continue;
    // Without its manifest it is no snapshot any more, wherever this is stopped.
    await store.remove(`snapshots/${id}/manifest.json`);
    pruned.snapshots.push(id);
  }
  await removeFiles(store, kept, now, pruned);
  const oldest = snapshots.find(({ id }) => kept.has(id));
  for (const { key, to, bytes } of oldest ? await listSegments(store) : []) {
    if (oldest && to > oldest.position) continue;
    await store.remove(key);
    pruned.segments += 1;
    pruned.bytes += bytes;
  }
  return pruned;
}

/** Files of snapshots that are none; one of the last day may still be in the making. */
async function removeFiles(store: ObjectStore, kept: Set<string>, now: Date, pruned: Pruned): Promise<void> {
  const recent = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 19).replaceAll(':', '');
  for await (const { key, bytes } of store.list('snapshots/')) {
    const [, id = ''] = key.split('/');
    const inTheMaking = !pruned.snapshots.includes(id) && id.slice(0, 17) > recent;
    if (kept.has(id) || inTheMaking) continue;
    await store.remove(key);
    pruned.bytes += bytes;
  }
}
