import { setTimeout as delay } from 'node:timers/promises';
import { type Db, type Document, MongoClient, MongoServerError } from 'mongodb';

const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;

const SETTINGS = { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 };

/** Asks one mongod, whatever its state. A client of its own each time: one that failed once never recovers. */
export async function askMongod<T>(port: number, ask: (admin: Db, local: Db) => Promise<T>) {
  const patience = { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 10_000 };
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, patience);
  try {
    await client.connect();
    return await ask(client.db('admin'), client.db('local'));
  } finally {
    await client.close();
  }
}

/** Makes the mongod on this port the primary of a set of one, whatever port it had before. */
export function becomePrimary(port: number, patienceMs = 60_000) {
  return askMongod(port, async (admin, local) => {
    const giveUpAt = Date.now() + patienceMs;
    while (!(await isConfigured(admin, local, `127.0.0.1:${port}`)) || !(await isPrimary(admin))) {
      if (Date.now() > giveUpAt) throw new Error(`mongod on port ${port} did not become primary`);
      await delay(20);
    }
  });
}

const isPrimary = async (admin: Db) => (await admin.command({ hello: 1 })).isWritablePrimary;

async function isConfigured(admin: Db, local: Db, host: string) {
  const config = await findConfig(admin);
  // With a stored config it is still looking for itself at its old address: up to 30 s, if a stranger is there.
  if (!config && (await hasStoredConfig(local))) return false;
  if (!config) await initiate(admin, host);
  else if (config.members.length > 1 || config.members[0].host !== host) await move(admin, config, host);
  return true;
}

/** Forced, because a set whose only member is not at its address has no primary to ask. */
async function move(admin: Db, config: Document, host: string) {
  const members = [{ _id: 0, host }];
  await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
}

async function findConfig(admin: Db): Promise<Document | undefined> {
  try {
    return (await admin.command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

async function hasStoredConfig(local: Db) {
  const { cursor } = await local.command({ find: 'system.replset', limit: 1 });
  return cursor.firstBatch.length > 0;
}

async function initiate(admin: Db, host: string) {
  try {
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }], settings: SETTINGS } });
  } catch (error) {
    // Another process that uses the same data folder was faster.
    if (!(error instanceof MongoServerError) || error.code !== ALREADY_INITIALIZED) throw error;
  }
}
