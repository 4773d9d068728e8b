import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './child.ts';
import { isTaken } from './free-port.ts';
import type { Report } from './resolve.ts';
import { agreedPort, anotherPort, readRecord, writeRecord } from './server-record.ts';
import { joinUsers } from './server-users.ts';

/** A server that belongs to a data folder: at most one runs, and whoever comes later uses that one. */
export interface EmbeddedServer {
  name: string;
  /** Where its port is recorded. */
  record: string;
  /** Where its users sign in. */
  users: string;
  /** The pid of this folder's server if it is the one that answers on the port. */
  findRunning: (port: number) => Promise<number | undefined>;
  /** The pid of the one that holds the folder, as the folder itself says: its owner may have been killed before it was recorded. */
  findHolder?: () => Promise<number | undefined>;
  /** Starts it and answers its pid. Throws FolderInUse when another one already holds the folder. */
  launch: (port: number) => Promise<number>;
  stop: (pid: number, port: number) => Promise<void>;
  report: Report;
  /** How long to wait for a server that holds the folder and does not answer. */
  patienceMs?: number;
}

/** Another server of the same kind holds the data folder, and does not answer. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';

  constructor(server: string, record: string, pid: number | undefined, port: number) {
    const who = pid ? `pid ${pid}, port ${port}` : `port ${port}`;
    const stopIt = pid ? `Stop it (kill ${pid})` : 'Stop it';
    super(
      `The data folder ${dirname(record)} is in use by another Souk, whose ${server} does not answer (${who}). ` +
        `${stopIt}, or set DATA_DIR to another folder.`,
    );
  }
}

/**
 * Finds the folder's server or starts it. `stop` ends it once its last user has left; a user that was killed
 * leaves it running, and the next start finds it.
 */
export async function useEmbeddedServer(server: EmbeddedServer) {
  const leave = await joinUsers(server.users);
  try {
    const { port, pid, reused } = await findOrLaunch(server);
    await writeRecord(server.record, { port, pid });
    const stop = async () => {
      if (await leave()) await server.stop(pid, port);
    };
    return { port, pid, reused, stop, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function findOrLaunch(server: EmbeddedServer) {
  const giveUpAt = Date.now() + (server.patienceMs ?? 60_000);
  for (let tries = 0; ; tries++) {
    const port = await agreedPort(server.record);
    const running = await server.findRunning(port);
    if (running) return { port, pid: running, reused: true };
    try {
      const usable = await usablePort(server, port);
      return { port: usable, pid: await server.launch(usable), reused: false };
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > giveUpAt) throw error;
      if (tries === 0)
        server.report(`${server.name}: waiting for the one that already holds the data folder`);
      await delay(200);
    }
  }
}

/** A taken port is left to whoever listens on it, unless that may be our own server, which only does not answer. */
async function usablePort({ name, record, findHolder }: EmbeddedServer, port: number) {
  if (!(await isTaken(port))) return port;
  const pid = (await readRecord(record))?.pid ?? (await findHolder?.());
  if (pid && isAlive(pid)) throw new FolderInUse(name, record, pid, port);
  return anotherPort(record);
}
