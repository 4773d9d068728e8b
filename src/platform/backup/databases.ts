import type { Db } from 'mongodb';
import { PLACED } from '../mongo/placements.ts';

/** Whether a database holds anything of the installation whose own database is `main`. */
export const belongsTo = (main: string, database: string): boolean =>
  database === main || database.startsWith(`${main}${PLACED}`);

type Listed = { databases: { name: string }[] };

/**
 * The installation's own database, and after it those of shops that have one for themselves. Who may not list all
 * databases is refused: mongod would leave out those that the user has no role for, and a backup lack shops.
 */
export async function databasesOf(main: Db): Promise<Db[]> {
  const list = { listDatabases: 1, nameOnly: true, authorizedDatabases: false };
  const { databases } = (await main.admin().command(list)) as unknown as Listed;
  const placed = databases.filter(
    ({ name }) => name !== main.databaseName && belongsTo(main.databaseName, name),
  );
  return [main, ...placed.map(({ name }) => sibling(main, name)).sort(byName)];
}

/** Another database by the same client. */
export const sibling = ({ client }: Db, name: string): Db => client.db(name);

const byName = (one: Db, other: Db) => (one.databaseName < other.databaseName ? -1 : 1);

/** The database of `target` that stands for `database` of the installation `source`. */
export const counterpart = (target: Db, source: string, database: string): Db =>
  sibling(target, target.databaseName + database.slice(source.length));
