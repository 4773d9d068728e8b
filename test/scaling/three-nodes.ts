import { type Document, MongoClient } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { inject } from 'vitest';
import { QUICK_JOURNAL } from '../../src/platform/servers/mongod-process.ts';

export type ThreeNodes = {
  uri: string;
  /** Of the only node that can be primary, and of the only secondary that is asked. */
  primary: string;
  secondary: string;
  /** The secondary hears of nothing new meanwhile; what is written is acknowledged all the same. */
  whileLagging: <R>(work: () => Promise<R>) => Promise<R>;
  stop: () => Promise<void>;
};

/** A set of a primary, a secondary, and a hidden node, with which the primary has a majority. */
export async function startThreeNodes(): Promise<ThreeNodes> {
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary: inject('mongodBinary') },
    instanceOpts: [
      { launchTimeout: 60_000 },
      { launchTimeout: 60_000, replicaMemberConfig: { priority: 0 } },
      { launchTimeout: 60_000, replicaMemberConfig: { priority: 0, hidden: true } },
    ],
    replSet: {
      storageEngine: 'wiredTiger',
      args: ['--setParameter', 'enableTestCommands=1', ...QUICK_JOURNAL],
      configSettings: { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 },
    },
  });
  const [primary, secondary] = set.servers.map(({ instanceInfo }) => `127.0.0.1:${instanceInfo?.port}`);
  if (!primary || !secondary) throw new Error('A set has nodes');
  const direct = await MongoClient.connect(`mongodb://${secondary}/?directConnection=true`);
  const stopProducer = (mode: string): Promise<Document> =>
    direct.db('admin').command({ configureFailPoint: 'stopReplProducer', mode });
  return {
    uri: set.getUri(),
    primary,
    secondary,
    whileLagging: async (work) => {
      await stopProducer('alwaysOn');
      try {
        return await work();
      } finally {
        await stopProducer('off');
      }
    },
    stop: async () => {
      await direct.close();
      await set.stop();
    },
  };
}
