import { randomBytes } from 'node:crypto';
import type { Db, Timestamp } from 'mongodb';
import type { CollectionEntry, Manifest } from './catalog.ts';
import type { Copying } from './copying.ts';
import type { Described } from './metadata.ts';
import { positionText, secondsOf } from './position.ts';

/** One try at a snapshot. */
export type SnapshotParts = {
  main: Db;
  id: string;
  /** What there was just before `at`. */
  before: Described[];
  at: Timestamp;
  copying: Omit<Copying, 'reads'>;
};

export const clusterTime = async (db: Db): Promise<Timestamp> =>
  (await db.command({ ping: 1 })).operationTime;

/** Of two made at one moment, each has files of its own. */
export const newId = (at: Timestamp): string => {
  const time = secondsOf(positionText(at)).toISOString().slice(0, 19).replaceAll(':', '');
  return `${time}Z-${positionText(at)}-${randomBytes(3).toString('hex')}`;
};

export const manifestOf = (
  { main, id, copying }: SnapshotParts,
  position: string,
  collections: CollectionEntry[],
): Manifest => ({
  ...{ format: 2, id, database: main.databaseName, position },
  time: secondsOf(position).toISOString(),
  encrypted: copying.key !== null,
  collections,
});
