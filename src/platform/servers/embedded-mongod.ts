import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { useEmbeddedServer } from './embedded-server.ts';
import { findRunningMongod, launchMongod, lockHolder, stopMongod } from './mongod-process.ts';
import { becomePrimary } from './replica-set.ts';
import type { Report } from './resolve.ts';

interface EmbeddedMongodOptions {
  dataDir: string;
  binary: string;
  report: Report;
  patienceMs?: number;
}

/**
 * The MongoDB of a data folder: the one that runs, else a new one, as a replica set of one. It outlives a killed
 * owner. `stop` ends it when nobody else uses it; `leave` never does.
 */
export async function startEmbeddedMongod({ dataDir, binary, report, patienceMs }: EmbeddedMongodOptions) {
  const folder = resolve(dataDir);
  const dbPath = join(folder, 'mongodb');
  await mkdir(dbPath, { recursive: true });
  const mongod = { binary, dbPath, logFile: join(folder, 'mongod.log') };
  const { port, pid, reused, stop, leave } = await useEmbeddedServer({
    name: 'mongod',
    record: join(folder, 'mongod.json'),
    users: join(folder, 'mongod.users'),
    findRunning: (port) => findRunningMongod(dbPath, port),
    findHolder: () => lockHolder(dbPath),
    launch: (port) => launchMongod(mongod, port),
    stop: (pid, port) => stopMongod(dbPath, pid, port),
    report,
    patienceMs,
  });
  report(`mongod: ${reused ? 'running already' : 'started'} on 127.0.0.1:${port} (pid ${pid})`);
  try {
    await becomePrimary(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`, reused, stop, leave };
}
