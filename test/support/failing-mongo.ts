import type { Document, MongoClient } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { inject } from 'vitest';
import type { DatabaseOptions } from '../../src/platform/mongo/client.ts';
import { atEnd, openTestDatabase } from './mongo.ts';

/** A database on a mongod of its own: a fail point holds for all who use the server. */
export async function openFailingDatabase(options: Partial<DatabaseOptions> = {}) {
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary: inject('mongodBinary') },
    instanceOpts: [{ launchTimeout: 60_000 }],
    replSet: {
      storageEngine: 'wiredTiger',
      // A commit that fails at a fail point leaves its transaction open, and its locks held, until it is too old.
      args: [...parameter('enableTestCommands', 1), ...parameter('transactionLifetimeLimitSeconds', 2)],
    },
  });
  atEnd(() => set.stop());
  const uri = set.getUri();
  return { ...(await openTestDatabase({ ...options, uri })), uri };
}

const parameter = (name: string, value: number) => ['--setParameter', `${name}=${value}`];

export type Failure = {
  failCommands: string[];
  /** How often; for as long as `work` runs when not given. */
  times?: number;
  errorCode?: number;
  errorLabels?: string[];
  closeConnection?: boolean;
  writeConcernError?: Document;
};

/** Makes mongod fail commands while `work` runs. */
export const whileFailing = <R>(client: MongoClient, { times, ...data }: Failure, work: () => Promise<R>) =>
  withFailPoint(
    client,
    { configureFailPoint: 'failCommand', mode: times ? { times } : 'alwaysOn', data },
    work,
  );

/** Holds a fail point of mongod while `work` runs. */
export async function withFailPoint<R>(client: MongoClient, point: Document, work: () => Promise<R>) {
  const admin = client.db('admin');
  await admin.command(point);
  try {
    return await work();
  } finally {
    await admin.command({ configureFailPoint: point.configureFailPoint, mode: 'off' });
  }
}
