import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './child.ts';

/** Tells this process from an earlier one that had the same pid, as in a container that was restarted. */
const THIS_RUN = `${process.pid}-${randomUUID()}`;

/**
 * Signs this process in as a user of a server that others may use too. The answer signs it out again, and tells
 * whether it was the last: a killed process does not count.
 */
export async function joinUsers(folder: string) {
  await mkdir(folder, { recursive: true });
  const entry = join(folder, `${THIS_RUN}-${randomUUID()}`);
  await writeFile(entry, '');
  return async function leave() {
    await rm(entry, { force: true });
    const alive = await liveUsers(folder);
    return alive.length === 0;
  };
}

async function liveUsers(folder: string) {
  const entries = await readdir(folder);
  const dead = entries.filter((entry) => !isLive(entry));
  await Promise.all(dead.map((entry) => rm(join(folder, entry), { force: true })));
  return entries.filter((entry) => !dead.includes(entry));
}

function isLive(entry: string) {
  const pid = Number.parseInt(entry, 10);
  return pid === process.pid ? entry.startsWith(THIS_RUN) : isAlive(pid);
}
