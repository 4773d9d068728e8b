import { collections } from '../../src/domains/registry.ts';
import { openRawDatabase, type RawDatabase } from '../../src/platform/mongo/client.ts';
import { applyIndexes } from '../../src/platform/mongo/indexes.ts';
import { migrateUp } from '../../src/platform/mongo/migrations.ts';
import { UsageError } from './usage-error.ts';

/** Brings a database of one's own to what the code declares, as a deployment does with migrate and indexes. */
export async function prepareDatabase(uri: string, name: string): Promise<void> {
  const { db, close } = await openRawDatabase({ uri, name });
  try {
    await migrateUp(db);
    await prepareCollections(db);
  } finally {
    await close();
  }
}

async function prepareCollections(db: RawDatabase['db']): Promise<void> {
  const results = await applyIndexes(db, collections);
  const failures = results.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ failure }) => failure?.reason ?? []),
  );
  if (failures.length > 0)
    throw new UsageError(`The database cannot be brought in order:\n${failures.join('\n')}`);
}
