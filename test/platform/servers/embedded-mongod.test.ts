import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { describe, expect, inject, it, vi } from 'vitest';
import { openDatabaseServer } from '../../../src/platform/servers/database-server.ts';
import { startEmbeddedMongod } from '../../../src/platform/servers/embedded-mongod.ts';
import { isTaken } from '../../../src/platform/servers/free-port.ts';
import { atEnd } from '../../support/mongo.ts';
import { fakeProgram, temporaryFolder } from './fake-programs.ts';

const binary = inject('mongodBinary');

/** A data folder whose mongod, if a test leaves one, goes with it. */
async function openDataFolder() {
  const dataDir = await temporaryFolder();
  atEnd(async () => {
    const pid = await pidOf(dataDir);
    if (pid) killHard(pid);
  });
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const start = (more = {}) => startEmbeddedMongod({ dataDir, binary, report, ...more });
  return { dataDir, lines, start };
}

const recordOf = (dataDir: string) => readFile(join(dataDir, 'mongod.json'), 'utf8').then(JSON.parse);
const pidOf = (dataDir: string): Promise<number> =>
  recordOf(dataDir).then(
    ({ pid }) => pid,
    () => 0,
  );

function killHard(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function withDatabase<T>(uri: string, use: (client: MongoClient) => Promise<T>) {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 });
  return use(client).finally(() => client.close());
}

const notes = (client: MongoClient) => client.db('shop').collection<{ _id: string }>('notes');
const writeNote = (uri: string, _id: string) =>
  withDatabase(uri, (client) =>
    notes(client).insertOne({ _id }, { writeConcern: { w: 'majority', j: true } }),
  );
const readNotes = (uri: string) =>
  withDatabase(uri, async (client) => (await notes(client).find().toArray()).map(({ _id }) => _id));
const isDown = async (uri: string) => !(await isTaken(Number(new URL(uri).port)));

// A start takes a second or two, on a busy machine many more.
vi.setConfig({ testTimeout: 120_000, maxConcurrency: 2 });

// Each has a folder of its own, and waits for mongod most of the time.
describe.concurrent('the MongoDB of a data folder', () => {
  it('keeps its data and its address across a clean restart', async () => {
    const { start } = await openDataFolder();
    const first = await start();
    expect(first.reused).toBe(false);
    await writeNote(first.uri, 'kept');
    await first.stop();
    const second = await start();
    expect(second).toMatchObject({ uri: first.uri, reused: false });
    expect(await readNotes(second.uri)).toEqual(['kept']);
    await second.stop();
  });

  it('is a replica set that fails over fast, with transactions and without JavaScript', async () => {
    const { start } = await openDataFolder();
    const { uri, stop } = await start();
    await withDatabase(uri, async (client) => {
      const { config } = await client.db('admin').command({ replSetGetConfig: 1 });
      expect(config.settings).toMatchObject({ electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 });
      await client.withSession((session) =>
        session.withTransaction(() => notes(client).insertOne({ _id: 'in one' }, { session })),
      );
      await expect(notes(client).findOne({ $where: 'true' })).rejects.toThrow(/script/i);
    });
    await stop();
  });

  it('keeps its data when mongod is killed', async () => {
    const { dataDir, start } = await openDataFolder();
    const { uri } = await start();
    await writeNote(uri, 'before the kill');
    killHard(await pidOf(dataDir));
    const second = await start();
    expect(second.reused).toBe(false);
    expect(await readNotes(second.uri)).toEqual(['before the kill']);
    await second.stop();
  });

  it('is found running when its owner was killed, and ends with the new owner', async () => {
    const { dataDir, start } = await openDataFolder();
    const owner = await startOwner(dataDir);
    await writeNote(owner.uri, 'of the killed owner');
    const pid = await pidOf(dataDir);
    await owner.kill();
    const next = await start();
    expect(next).toMatchObject({ uri: owner.uri, reused: true });
    expect(await pidOf(dataDir)).toBe(pid);
    expect(await readNotes(next.uri)).toEqual(['of the killed owner']);
    await next.stop();
    expect(await isDown(next.uri)).toBe(true);
  });

  it('is found or started however early its owner was killed', async () => {
    const { dataDir, start } = await openDataFolder();
    for (const milliseconds of [150, 400, 900, 1600]) {
      const owner = spawnOwner(dataDir);
      await delay(milliseconds);
      owner.kill('SIGKILL');
      await once(owner, 'exit');
    }
    const { uri, stop } = await start();
    await writeNote(uri, 'at last');
    await stop();
    expect(await isDown(uri)).toBe(true);
  });

  it('is waited for when its owner was killed before it knew its pid', async () => {
    const { dataDir, start } = await openDataFolder();
    const first = await start();
    const { port, pid } = await recordOf(dataDir);
    await first.leave();
    await writeFile(join(dataDir, 'mongod.json'), JSON.stringify({ port }));
    process.kill(pid, 'SIGSTOP');
    const found = start();
    await delay(3_000);
    process.kill(pid, 'SIGCONT');
    const { uri, reused, stop } = await found;
    expect([uri, reused]).toEqual([first.uri, true]);
    await stop();
  });

  it('moves to another port, with its data, when its own is taken', async () => {
    const { start } = await openDataFolder();
    const first = await start();
    await writeNote(first.uri, 'moved');
    await first.stop();
    const squatter = createServer((socket) => socket.on('error', () => {}).end('Not a mongod.')).listen(
      Number(new URL(first.uri).port),
      '127.0.0.1',
    );
    await once(squatter, 'listening');
    const second = await start();
    expect(second.uri).not.toBe(first.uri);
    expect(await readNotes(second.uri)).toEqual(['moved']);
    await second.stop();
    squatter.close();
  });

  it("is never another folder's, even on the port that was its own", async () => {
    const [mine, theirs] = [await openDataFolder(), await openDataFolder()];
    const other = await theirs.start();
    await writeNote(other.uri, 'theirs');
    await writeFile(
      join(mine.dataDir, 'mongod.json'),
      JSON.stringify({ port: Number(new URL(other.uri).port) }),
    );
    const own = await mine.start();
    expect(own.reused).toBe(false);
    expect(await readNotes(own.uri)).toEqual([]);
    await own.stop();
    expect(await readNotes(other.uri)).toEqual(['theirs']);
    await other.stop();
  });

  it('is one for two that start at once, and runs until both have left', async () => {
    const { start } = await openDataFolder();
    const both = await Promise.all([start(), start()]);
    const [one, two] = both;
    expect(one.uri).toBe(two.uri);
    expect(both.map(({ reused }) => reused).sort()).toEqual([false, true]);
    await one.stop();
    await writeNote(two.uri, 'the other one stays');
    await two.stop();
    expect(await isDown(two.uri)).toBe(true);
  });

  it('is started anew where its record is lost or spoilt', async () => {
    const { dataDir, start } = await openDataFolder();
    const first = await start();
    await writeNote(first.uri, 'kept');
    await first.stop();
    await writeFile(join(dataDir, 'mongod.json'), '{"port": ');
    const second = await start();
    expect(await readNotes(second.uri)).toEqual(['kept']);
    await second.stop();
  });

  it('is in use: a mongod that holds the folder and does not answer is named with pid and port', async () => {
    const { dataDir, lines, start } = await openDataFolder();
    const { uri, stop } = await start();
    const { pid, port } = await recordOf(dataDir);
    process.kill(pid, 'SIGSTOP');
    const error = await start({ patienceMs: 0 }).catch((reason) => reason);
    process.kill(pid, 'SIGCONT');
    expect(error.message).toBe(
      `The data folder ${dataDir} is in use by another Souk, whose mongod does not answer (pid ${pid}, port ${port}). ` +
        `Stop it (kill ${pid}), or set DATA_DIR to another folder.`,
    );
    expect(lines.at(-1)).toMatch(/^mongod: started/);
    const again = await start();
    expect(again).toMatchObject({ uri, reused: true });
    await stop();
    await again.stop();
  });

  it('is in use: so is one that Souk has lost sight of', async () => {
    const { dataDir, start } = await openDataFolder();
    const { uri, stop } = await start();
    const { pid } = await recordOf(dataDir);
    await writeFile(join(dataDir, 'mongod.json'), '');
    await expect(start({ patienceMs: 0 })).rejects.toThrow(
      `in use by another Souk, whose mongod does not answer (pid ${pid}`,
    );
    await writeNote(uri, 'unharmed');
    await stop();
  });

  it('shows the last lines of its log when mongod dies at the start', async () => {
    const { dataDir, start } = await openDataFolder();
    const broken = await fakeProgram(
      dataDir,
      'mongod',
      'echo "mongod: libcurl.so.4: cannot open" >&2; exit 127',
    );
    const log = join(dataDir, 'mongod.log');
    await expect(start({ binary: broken })).rejects.toThrow(
      `mongod did not start on ${join(dataDir, 'mongodb')}. The last lines of ${log}:\n  mongod: libcurl.so.4: cannot open`,
    );
  });

  it('says what to do when the data are of another version of MongoDB', async () => {
    const { dataDir, start } = await openDataFolder();
    const line = JSON.stringify({
      s: 'F',
      msg: 'UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion',
    });
    const newer = await fakeProgram(dataDir, 'mongod', `echo '${line}'; exit 62`);
    await expect(start({ binary: newer })).rejects.toThrow(/UPGRADE PROBLEM.*\n.*MONGOMS_SYSTEM_BINARY/);
  });

  it('puts a log that has grown long aside, and keeps a short one', async () => {
    const { dataDir, start } = await openDataFolder();
    const broken = await fakeProgram(dataDir, 'mongod', 'echo "a line"; exit 1');
    const log = join(dataDir, 'mongod.log');
    await start({ binary: broken }).catch(() => {});
    await start({ binary: broken }).catch(() => {});
    expect(await readFile(log, 'utf8')).toBe('a line\na line\n');
    await truncate(log, 20_000_000);
    await start({ binary: broken }).catch(() => {});
    expect(await readFile(log, 'utf8')).toBe('a line\n');
    expect((await stat(`${log}.old`)).size).toBe(20_000_000);
  });

  it('shows what mongod complained of, out of all that it logs', async () => {
    const { dataDir, start } = await openDataFolder();
    await (await start()).stop();
    await writeFile(join(dataDir, 'mongodb', 'WiredTiger.turtle'), 'not a turtle');
    const error = await start().catch((reason) => reason);
    expect(error.message).toMatch(/The last lines of .*mongod\.log:\n.*(WiredTiger|WT_|assert)/i);
    expect(error.message.split('\n').length).toBeLessThan(8);
  });
});

describe.concurrent('the MongoDB of a script', () => {
  const search = { path: '', cacheDir: '/nowhere', systemMongod: binary, report: () => {} };

  it('is MONGODB_URI where that is set', async () => {
    const server = await openDatabaseServer({
      ...search,
      mongodbUri: 'mongodb://db.example',
      dataDir: '/nowhere',
    });
    expect(server.uri).toBe('mongodb://db.example');
    await server.stop();
  });

  it('is started for the run, and ends with it', async () => {
    const { dataDir } = await openDataFolder();
    const { uri, stop } = await openDatabaseServer({ ...search, dataDir });
    await writeNote(uri, 'by a script');
    await stop();
    expect(await isDown(uri)).toBe(true);
  });

  it('is left running where it was found running, and ends with the application', async () => {
    const { dataDir } = await openDataFolder();
    const owner = await startOwner(dataDir);
    await owner.kill();
    const { uri, stop } = await openDatabaseServer({ ...search, dataDir });
    expect(uri).toBe(owner.uri);
    await stop();
    expect(await readNotes(uri)).toEqual([]);
    const application = await openDatabaseServer({ ...search, dataDir, takeOver: true });
    await application.stop();
    expect(await isDown(uri)).toBe(true);
  });
});

function spawnOwner(dataDir: string) {
  const script = fileURLToPath(new URL('./data-folder-owner.ts', import.meta.url));
  return spawn(process.execPath, [script, dataDir, binary], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function startOwner(dataDir: string) {
  const child = spawnOwner(dataDir);
  const [uri] = await once(createInterface(child.stdout), 'line');
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { uri: String(uri), kill };
}
