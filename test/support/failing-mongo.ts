import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, MongoClient } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { inject } from 'vitest';
import type { DatabaseOptions } from '../../src/platform/mongo/client.ts';
import { openTestDatabase } from './mongo.ts';

/** Of this worker, for one file after the other; it ends with the worker. */
let server: Promise<MongoMemoryReplSet> | undefined;

/** A database on a mongod that no other test uses now: a fail point holds for all who use the server. */
export async function openFailingDatabase(options: Partial<DatabaseOptions> = {}) {
  server ??= startServer();
  const uri = (await server).getUri();
  return { ...(await openTestDatabase({ ...options, uri })), uri };
}

async function startServer() {
  const dbPath = await mkdtemp(join(inject('runFolder'), 'failing-'));
  return MongoMemoryReplSet.create({
    binary: { systemBinary: inject('mongodBinary') },
    instanceOpts: [{ launchTimeout: 60_000, dbPath }],
    replSet: {
      storageEngine: 'wiredTiger',
      // A commit that fails at a fail point leaves its transaction open, and its locks held, until it is too old.
      args: [...parameter('enableTestCommands', 1), ...parameter('transactionLifetimeLimitSeconds', 2)],
    },
  });
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
