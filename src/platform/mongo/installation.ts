import type { Db } from 'mongodb';
import type { DeclaredCollection } from './collection.ts';
import { type CollectionPlan, planCollections } from './collection-plan.ts';
import { MigrationError } from './migration.ts';
import { databaseNameOf, type Placement, placements } from './placements.ts';

/** A database of an installation, with what is declared of it. */
export type DeclaredDatabase = { db: Db; declared: DeclaredCollection[]; isShared: boolean };

/** The shared database first, then each in which a shop lives, or from or to which one is being moved. */
export async function declaredDatabases(
  main: Db,
  declared: { shared: DeclaredCollection[]; placed: DeclaredCollection[] },
): Promise<DeclaredDatabase[]> {
  const places = (await recordsOf(main).find().toArray()).flatMap(({ place, before, move }) =>
    move ? [place, move.to, before?.place ?? null] : [place],
  );
  const names = new Set(
    places.flatMap((place) => (place === null ? [] : databaseNameOf(main.databaseName, place))),
  );
  return [
    { db: main, declared: declared.shared, isShared: true },
    ...[...names].sort().map((name) => ({
      db: main.client.db(name),
      declared: declared.placed,
      isShared: false,
    })),
  ];
}

/** What each collection of each database needs to be as declared; those of shops are named with their database. */
export async function planInstallation(databases: readonly DeclaredDatabase[]): Promise<CollectionPlan[]> {
  const plans = await Promise.all(
    databases.map(async (database) =>
      (await planCollections(database.db, database.declared)).map((plan) => ({
        ...plan,
        collection: nameIn(database, plan.collection),
      })),
    ),
  );
  return plans.flat();
}

export const nameIn = ({ db, isShared }: DeclaredDatabase, collection: string): string =>
  isShared ? collection : `${db.databaseName}.${collection}`;

/** What changes documents while they are copied would be in one of the two places only. */
export async function refuseWhileMoving(main: Db): Promise<void> {
  const moving = await recordsOf(main).findOne({ move: { $ne: null } });
  if (moving)
    throw new MigrationError(
      `The shop ${moving._id} is being moved to another database: finish that first, or give it up (npm run place)`,
    );
}

const recordsOf = (main: Db) => main.collection<Placement>(placements.name);
