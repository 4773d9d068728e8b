import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ObjectStore } from '../../platform/object-store/object-store.ts';
import { StoreError } from '../../platform/object-store/store-error.ts';

const fileSchema = z.object({ table: z.string(), key: z.string(), rows: z.int(), bytes: z.int() });

const manifestSchema = z.object({
  format: z.literal(1),
  tenantId: z.string(),
  /** The subdomain, and those that it had before: files lie under each. */
  tenant: z.string(),
  names: z.array(z.string()),
  exportedAt: z.iso.datetime(),
  days: z.array(
    z.object({
      table: z.string(),
      date: z.string(),
      schema: z.int(),
      mark: z.string(),
      files: z.array(fileSchema),
    }),
  ),
});

/** What of a shop is exported; a file that is not listed here does not count. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ExportedDay = Manifest['days'][number];
type Shop = Pick<Manifest, 'tenantId' | 'tenant'>;
export type ExportedFile = z.infer<typeof fileSchema>;

/** By the id: a shop that is renamed keeps its manifest, so that nothing counts twice. */
export const manifestKey = (tenantId: string) => `manifest/${tenantId}.json`;

export async function readManifest(store: ObjectStore, { tenantId, tenant }: Shop): Promise<Manifest> {
  const key = manifestKey(tenantId);
  const stored = await store.get(key);
  if (!stored)
    return { format: 1, tenantId, tenant, names: [tenant], exportedAt: new Date(0).toISOString(), days: [] };
  try {
    const found = manifestSchema.parse(JSON.parse(await text(stored)));
    return { ...found, tenant, names: [...new Set([...found.names, tenant])] };
  } catch (error) {
    throw new StoreError(`${store.url}: ${key} is no manifest of an export (${(error as Error).message})`);
  }
}

/** In one step: whoever reads sees the files of before, or those of now. */
export const writeManifest = (store: ObjectStore, manifest: Manifest): Promise<void> =>
  store.put(manifestKey(manifest.tenantId), Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
