import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../../../platform/object-store/sync-folder.ts';
import { ArchiveError } from './archive-error.ts';

const NAME = 'manifest.json';

const manifestSchema = z.object({
  format: z.literal(1),
  /** "2025-09" */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  archivedAt: z.iso.datetime(),
  files: z.array(
    z.object({
      /** Its name, in the folder of the manifest. */
      file: z.string().regex(/^[\w.-]+$/),
      tenantId: z.string().regex(/^[0-9a-f]{24}$/),
      /** The subdomain that the shop had; null for one that was gone. */
      shop: z.string().nullable(),
      entries: z.int().min(0),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** What the folder of a month holds; sha256 is of each file as it lies there. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** Null where there is none. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const path = join(folder, NAME);
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : parseManifest(path, text);
}

function parseManifest(path: string, text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ArchiveError(
      `${path} is not the manifest of an archive: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Whole or not at all, also when the machine fails meanwhile. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const unfinished = join(folder, `${NAME}.tmp`);
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, NAME));
  await syncFolder(folder);
}
