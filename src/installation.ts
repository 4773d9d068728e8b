import { collections, placedCollections } from './domains/registry.ts';
import { type DeclaredDatabase, declaredDatabases } from './platform/mongo/installation.ts';

/** The databases that a deployment brings in order: the shared one, and those in which shops live. */
export const installationOf = (main: Parameters<typeof declaredDatabases>[0]): Promise<DeclaredDatabase[]> =>
  declaredDatabases(main, { shared: collections, placed: placedCollections });
