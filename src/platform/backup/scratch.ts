import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../servers/free-port.ts';
import { launchMongod, stopMongod } from '../servers/mongod-process.ts';
import { becomePrimary } from '../servers/replica-set.ts';

/** Runs `work` on an empty mongod of its own, which is gone afterwards with all that was in it. */
export async function onScratchServer<R>(binary: string, work: (uri: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-restore-'));
  const port = await freePort();
  try {
    const pid = await launchMongod({ binary, dbPath: folder, logFile: join(folder, 'mongod.log') }, port);
    // A process that is told to stop while it works does not come to the end of this function.
    const endIt = () => void process.kill(pid, 'SIGKILL');
    process.once('exit', endIt);
    try {
      await becomePrimary(port);
      return await work(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`);
    } finally {
      process.off('exit', endIt);
      await stopMongod(folder, pid, port);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
