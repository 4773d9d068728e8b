import { spawn } from 'node:child_process';
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
  const watcher = endWithThisProcess(folder);
  try {
    const pid = await launchMongod({ binary, dbPath: folder, logFile: join(folder, 'mongod.log') }, port);
    try {
      await becomePrimary(port);
      return await work(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`);
    } finally {
      await stopMongod(folder, pid, port);
    }
  } finally {
    watcher.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process that is stopped or killed in the middle tears nothing down: this does it, also the data of the shops. */
function endWithThisProcess(folder: string) {
  const end = 'kill -9 "$(cat "$1/mongod.lock")"; rm -rf "$1"';
  const script = `while kill -0 "$0" 2>/dev/null; do sleep 1; done; ${end}`;
  const watcher = spawn('sh', ['-c', script, `${process.pid}`, folder], { detached: true, stdio: 'ignore' });
  watcher.unref();
  return watcher;
}
