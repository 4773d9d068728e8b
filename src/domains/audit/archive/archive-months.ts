import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ObjectId } from 'mongodb';
import type { CollectionDefinition } from '../../../platform/mongo/collection.ts';
import type { SystemDb } from '../../../platform/mongo/system-db.ts';
import { syncFolder } from '../../../platform/object-store/sync-folder.ts';
import type { AuditEntry } from '../collections.ts';
import { claimMonth, dropClaimed, listMonths } from '../month-collections.ts';
import { type Month, monthOf, monthText } from '../months.ts';
import { ArchiveError } from './archive-error.ts';
import {
  type ArchivedEntry,
  checkEntries,
  compareEntries,
  type FileOf,
  readEntries,
  writeEntries,
} from './archive-file.ts';
import { type ManifestFile, readManifest, writeManifest } from './manifest.ts';

const TOLD_EVERY = 1_000;

export type ArchiveStep = {
  month: Month;
  did: 'claim' | 'write' | 'place' | 'list' | 'drop';
  /** How many entries of the month went into files so far. */
  entries: number;
};

export type ArchiveOptions = {
  /** Each month gets a folder in it. */
  folder: string;
  /** Subdomains of shops by their ids, for people who read the manifest. */
  shops: ReadonlyMap<string, string>;
  /** Waited for. */
  onStep?: (step: ArchiveStep) => unknown;
};

export type ArchivedMonth = { month: Month; folder: string; entries: number; shops: number };

/** The months all of which is older than so many months, oldest first; what a killed run left is among them. */
export async function findDueMonths(system: SystemDb, olderThanMonths: number): Promise<Month[]> {
  const kept = monthOf(system.now()) - olderThanMonths;
  return (await listMonths(system)).filter((month) => month < kept);
}

/**
 * Moves a month out of the database: a file for each shop, read back, then listed in the manifest; only then is the
 * collection dropped. Entries that the archive has already are there once. Killed anywhere, the next run finishes it.
 */
export async function archiveMonth(
  system: SystemDb,
  month: Month,
  options: ArchiveOptions,
): Promise<ArchivedMonth> {
  const folder = join(options.folder, monthText(month));
  const shops = new Set<string>();
  let entries = 0;
  for (;;) {
    const claimed = await claimMonth(system, month);
    if (!claimed) return { month, folder, entries, shops: shops.size };
    const tell = async (did: ArchiveStep['did'], more = 0) => {
      entries += more;
      await options.onStep?.({ month, did, entries });
    };
    await tell('claim');
    for (const shop of await archiveClaimed(system, { claimed, month, folder, shops: options.shops, tell })) {
      shops.add(shop);
    }
  }
}

type Work = {
  claimed: CollectionDefinition<AuditEntry>;
  month: Month;
  folder: string;
  shops: ReadonlyMap<string, string>;
  tell: (did: ArchiveStep['did'], more?: number) => Promise<void>;
};

/** Answers the shops that had entries in it. */
async function archiveClaimed(system: SystemDb, work: Work): Promise<string[]> {
  const { claimed, tell } = work;
  const tenants = await system.collection(claimed).distinct('tenantId', {}, system.because);
  if (tenants.length > 0) await archiveShops(system, work, tenants);
  await dropClaimed(system, claimed);
  await tell('drop');
  return tenants.map(String);
}

async function archiveShops(system: SystemDb, work: Work, tenants: ObjectId[]): Promise<void> {
  const { claimed, month, folder, tell } = work;
  await openFolder(folder);
  const former = await readManifest(folder);
  const files = new Map(former?.files.map((file) => [file.tenantId, file]));
  let taken = 0;
  for (const tenantId of tenants) {
    const file = await archiveShop(system, work, tenantId);
    files.set(file.listed.tenantId, file.listed);
    taken += file.taken;
  }
  await refuseLoss(system, claimed, {}, taken);
  const archivedAt = system.now().toISOString();
  await writeManifest(folder, { format: 1, month: monthText(month), archivedAt, files: [...files.values()] });
  await tell('list');
}

/** Of a run that was killed, what it had not finished goes. */
async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await syncFolder(join(folder, '..'));
  for (const name of await readdir(folder)) if (name.endsWith('.tmp')) await rm(join(folder, name));
}

async function archiveShop(
  system: SystemDb,
  { claimed, month, folder, shops, tell }: Work,
  tenantId: ObjectId,
) {
  const file = `${tenantId}.ndjson.gz`;
  const path = join(folder, file);
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  const of: FileOf = { tenantId, month };
  let taken = 0;
  async function* stored() {
    const sorted = { sort: { at: 1, _id: 1 }, promoteValues: false, ...system.because } as const;
    for await (const entry of system.collection<ArchivedEntry>(claimed).find({ tenantId }, sorted)) {
      taken += 1;
      if (taken % TOLD_EVERY === 0) await tell('write', TOLD_EVERY);
      yield entry;
    }
  }
  const former = existsSync(path) ? readEntries(path, of) : nothing();
  const written = await writeEntries(unfinished, merged(former, stored()));
  const { textSha256: _, ...contents } = written;
  if (!isDeepStrictEqual(await checkEntries(unfinished, of), written))
    throw new ArchiveError(`${unfinished} does not hold what was written to it; nothing was dropped`);
  await refuseLoss(system, claimed, { tenantId }, taken);
  await rename(unfinished, path);
  await syncFolder(folder);
  await tell('place', taken % TOLD_EVERY);
  const listed: ManifestFile = {
    file,
    tenantId: String(tenantId),
    shop: shops.get(String(tenantId)) ?? null,
    ...contents,
  };
  return { taken, listed };
}

async function* nothing(): AsyncGenerator<ArchivedEntry> {}

/** Two series in the order of time as one; what both have is there once. */
async function* merged(
  some: AsyncGenerator<ArchivedEntry>,
  others: AsyncGenerator<ArchivedEntry>,
): AsyncGenerator<ArchivedEntry> {
  try {
    let [one, other] = [await some.next(), await others.next()];
    while (!one.done || !other.done) {
      const order = one.done ? 1 : other.done ? -1 : compareEntries(one.value, other.value);
      const next = order <= 0 ? one.value : other.value;
      if (next) yield next;
      if (order <= 0) one = await some.next();
      if (order >= 0) other = await others.next();
    }
  } finally {
    await Promise.all([some.return(undefined), others.return(undefined)]);
  }
}

/** What another run has taken over meanwhile is no longer here: neither to be read, nor to be counted. */
async function refuseLoss(
  system: SystemDb,
  claimed: CollectionDefinition<AuditEntry>,
  filter: { tenantId?: ObjectId },
  taken: number,
): Promise<void> {
  const there = await system.collection(claimed).countDocuments(filter, system.because);
  if (there === taken && taken > 0) return;
  throw new ArchiveError(
    `${claimed.name} has ${there} entries, but ${taken} were read: another run of audit-archive is at it; let one finish`,
  );
}
