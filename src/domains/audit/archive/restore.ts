import { basename, dirname, join } from 'node:path';
import { MongoBulkWriteError, ObjectId } from 'mongodb';
import type { SystemDb } from '../../../platform/mongo/system-db.ts';
import { collectionOf } from '../collections.ts';
import { applyDeclared } from '../month-collections.ts';
import { type Month, monthText, readMonth } from '../months.ts';
import { ArchiveError } from './archive-error.ts';
import { type ArchivedEntry, checkEntries, readEntries } from './archive-file.ts';
import { type Manifest, type ManifestFile, readManifest } from './manifest.ts';

const BATCH = 1_000;
const DUPLICATE_KEY = 11000;

/** `restored` are those that were not there already. */
export type RestoredFile = { path: string; month: Month; shop: string; entries: number; restored: number };

export const restoreMonth = async (
  system: SystemDb,
  folder: string,
  month: Month,
): Promise<RestoredFile[]> => {
  const place = join(folder, monthText(month));
  const manifest = await manifestIn(place);
  return restoreAll(system, place, manifest, manifest.files);
};

/** The manifest of its month lies beside it. */
export async function restoreFile(system: SystemDb, path: string): Promise<RestoredFile[]> {
  const manifest = await manifestIn(dirname(path));
  const listed = manifest.files.filter(({ file }) => file === basename(path));
  if (listed.length === 0) throw new ArchiveError(`${path} is not in the manifest beside it`);
  return restoreAll(system, dirname(path), manifest, listed);
}

async function manifestIn(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest) return manifest;
  throw new ArchiveError(
    `There is no manifest.json in ${folder}: what a file should hold cannot be known without it`,
  );
}

/** Puts nothing back before every file is known to be whole. */
async function restoreAll(system: SystemDb, folder: string, manifest: Manifest, files: ManifestFile[]) {
  const month = readMonth(manifest.month);
  if (month === undefined) throw new ArchiveError(`${manifest.month} is no month`);
  const sources = files.map((listed) => ({
    path: join(folder, listed.file),
    of: { tenantId: new ObjectId(listed.tenantId), month },
    listed,
  }));
  for (const source of sources) await checkSource(source);
  await applyDeclared(system, [collectionOf(month)]);
  const done: RestoredFile[] = [];
  for (const { path, of, listed } of sources) {
    const restored = await putBack(system, month, readEntries(path, of));
    done.push({ path, month, shop: listed.shop ?? listed.tenantId, entries: listed.entries, restored });
  }
  return done;
}

type Source = { path: string; of: { tenantId: ObjectId; month: Month }; listed: ManifestFile };

async function checkSource({ path, of, listed }: Source): Promise<void> {
  const { entries, sha256 } = await checkEntries(path, of);
  if (sha256 === listed.sha256 && entries === listed.entries) return;
  throw new ArchiveError(
    `${path} is not as its manifest says (${entries} entries, SHA-256 ${sha256}): bring back a copy that is; ` +
      'where an archive run was stopped, run it again first',
  );
}

async function putBack(
  system: SystemDb,
  month: Month,
  entries: AsyncIterable<ArchivedEntry>,
): Promise<number> {
  let restored = 0;
  let batch: ArchivedEntry[] = [];
  for await (const entry of entries) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    restored += await insertMissing(system, month, batch);
    batch = [];
  }
  return restored + (batch.length > 0 ? await insertMissing(system, month, batch) : 0);
}

/** What was valid when it was written goes back as it is, though the validator may have changed since. */
async function insertMissing(system: SystemDb, month: Month, batch: ArchivedEntry[]): Promise<number> {
  const collection = system.collection<ArchivedEntry>(collectionOf(month));
  const options = { ordered: false, bypassDocumentValidation: true, ...system.because };
  try {
    return (await collection.insertMany(batch, options)).insertedCount;
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const faults = [error.writeErrors].flat();
    if (faults.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    return error.insertedCount;
  }
}
