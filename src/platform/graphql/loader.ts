import DataLoader from 'dataloader';
import { SharedLookup } from '../mongo/shared-lookup.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';

const MOST_KEYS = 250;

/** What a loader lives for: one execution of one operation. */
export type LoaderScope = { db: TenantDb; loaders: Map<unknown, unknown> };

type Key = string | number | { toString: () => string };

/**
 * A look-up by key, batched within an execution and shared with others of the tenant: `productById(context).load(id)`;
 * null where there is no row. What it finds must not depend on who asks.
 */
export function defineLoader<K extends Key, R>(
  find: (db: TenantDb, keys: K[]) => Promise<R[]>,
  keyOf: (row: R) => Key,
): (context: LoaderScope) => DataLoader<K, R | null, string> {
  const shared = new SharedLookup<K, R>((row) => [keyOf(row)]);
  const loader = ({ db }: LoaderScope) =>
    new DataLoader<K, R | null, string>(
      async (keys) => {
        const rows = await shared.find(db, '', keys, find);
        return keys.map((key) => rows.get(String(key)) ?? null);
      },
      { cacheKeyFn: String, maxBatchSize: MOST_KEYS },
    );
  return (context) => perExecution(context, find, loader);
}

/** Made at its first use in an execution, then the same until its end. */
export function perExecution<L>(context: LoaderScope, key: unknown, make: (context: LoaderScope) => L): L {
  const known = context.loaders.get(key) as L | undefined;
  if (known) return known;
  const made = make(context);
  context.loaders.set(key, made);
  return made;
}
