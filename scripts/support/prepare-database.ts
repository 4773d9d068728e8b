import { collections } from '../../src/domains/registry.ts';
import type { Database } from '../../src/platform/mongo/client.ts';
import { applyIndexes } from '../../src/platform/mongo/indexes.ts';
import { migrateUp } from '../../src/platform/mongo/migrations.ts';
import { UsageError } from './usage-error.ts';

/** Brings a database of one's own to what the code declares, as a deployment does with migrate and indexes. */
export async function prepareDatabase(database: Database): Promise<void> {
  const { raw } = database.systemDb('prepare the database at the start');
  await migrateUp(raw);
  const results = await applyIndexes(raw, collections);
  const failures = results.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ failure }) => failure?.reason ?? []),
  );
  if (failures.length > 0)
    throw new UsageError(`The database cannot be brought in order:\n${failures.join('\n')}`);
}
