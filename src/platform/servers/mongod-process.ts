import { readFile, realpath, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, launchDetached, terminate } from './child.ts';
import { FolderInUse } from './embedded-server.ts';
import { canListen, isTaken } from './free-port.ts';
import { lastComplaints } from './mongod-log.ts';
import { askMongod } from './replica-set.ts';

const LOG_LIMIT = 10_000_000;

export interface MongodProcess {
  binary: string;
  dbPath: string;
  logFile: string;
}

/** Starts mongod and waits until it answers. Answers its pid. */
export async function launchMongod({ binary, dbPath, logFile }: MongodProcess, port: number) {
  const logStart = await startLog(logFile);
  const child = await launchDetached(binary, mongodArgs(dbPath, port), logFile);
  while ((await findRunningMongod(dbPath, port)) !== child.pid) {
    if (child.hasDied()) throw await whyItDied(dbPath, port, logFile, logStart);
    await delay(20);
  }
  return child.pid;
}

/** Preparing journal files ahead takes seconds of every start. */
export const QUICK_JOURNAL = ['--wiredTigerEngineConfigString', 'log=(prealloc=false,file_max=32MB)'];

const mongodArgs = (dbPath: string, port: number) => [
  ...['--replSet', 'rs0', '--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--port', String(port)],
  ...['--noscripting', '--nounixsocket', '--quiet', '--oplogSize', '2048'],
  ...QUICK_JOURNAL,
  // Nobody else could become primary: do not wait for one at the end.
  ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
  ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
];

/** Where this start's lines begin in the log. A log that has grown long is put aside, one generation. */
async function startLog(logFile: string) {
  const size = await sizeOf(logFile);
  if (size < LOG_LIMIT) return size;
  await rename(logFile, `${logFile}.old`);
  return 0;
}

async function whyItDied(dbPath: string, port: number, logFile: string, logStart: number) {
  const complaints = await lastComplaints(logFile, logStart);
  // The port went to another just now: most likely the folder's own server, which two starts agreed upon.
  if (/DBPathInUse|Address already in use/.test(complaints))
    return new FolderInUse('mongod', dbPath, await lockHolder(dbPath), port);
  const hint = /featureCompatibilityVersion|UPGRADE PROBLEM/i.test(complaints)
    ? '\nThe data were written by another version of MongoDB: point MONGOMS_SYSTEM_BINARY at that mongod.'
    : '';
  return new Error(`mongod did not start on ${dbPath}. The last lines of ${logFile}:\n${complaints}${hint}`);
}

/** mongod writes its pid into the lock file, which stays behind after a crash. */
export async function lockHolder(dbPath: string) {
  const pid = Number.parseInt(await readFile(join(dbPath, 'mongod.lock'), 'utf8').catch(() => ''), 10);
  return pid && isAlive(pid) ? pid : undefined;
}

/** The pid of the mongod on this port, if the folder it works on is this one. */
export async function findRunningMongod(dbPath: string, port: number) {
  if (!(await isTaken(port))) return undefined;
  try {
    return await askMongod(port, async (admin) => {
      const { parsed } = await admin.command({ getCmdLineOpts: 1 });
      const theirs = await realpath(parsed?.storage?.dbPath ?? '');
      if (theirs !== (await realpath(dbPath))) return undefined;
      return Number((await admin.command({ serverStatus: 1, repl: 0, metrics: 0 })).pid);
    });
  } catch {
    // Something else listens there, or ours is just going down.
    return undefined;
  }
}

/** mongod empties its lock file near the end of a clean stop, and gives up its port last. */
export function stopMongod(dbPath: string, pid: number, port: number) {
  const lockFile = join(dbPath, 'mongod.lock');
  return terminate(pid, async () => (await sizeOf(lockFile)) === 0 && (await canListen(port)));
}

async function sizeOf(file: string) {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
