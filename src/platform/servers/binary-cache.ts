import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BinaryCheck, checkBinary } from './binary-check.ts';

const STAGING = 'incomplete-';
const DAY_MS = 24 * 3600 * 1000;

/** Where downloaded servers are kept: outside node_modules, so that `npm ci` does not fetch them again. */
export function serverCacheDir(env: { SOUK_CACHE_DIR?: string; XDG_CACHE_HOME?: string }) {
  if (env.SOUK_CACHE_DIR) return resolve(env.SOUK_CACHE_DIR);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'souk');
}

export async function fromCache(cacheDir: string, check: BinaryCheck) {
  const file = join(cacheDir, check.name);
  const there = await stat(file).catch(() => undefined);
  if (!there) throw new Error(`${cacheDir} holds none`);
  return checkBinary(file, check);
}

/**
 * Puts a binary into the cache. `fetch` gets a folder of its own and answers the file in it; only a file that
 * runs is renamed into place, in one step, so another process sees the whole binary or none.
 */
export async function addToCache(
  cacheDir: string,
  check: BinaryCheck,
  fetch: (staging: string) => Promise<string>,
) {
  await mkdir(cacheDir, { recursive: true });
  await removeLeftovers(cacheDir);
  const staging = await mkdtemp(join(cacheDir, STAGING));
  try {
    const fetched = await fetch(staging);
    await chmod(fetched, 0o755);
    await checkBinary(fetched, check);
    await rename(fetched, join(cacheDir, check.name));
    return join(cacheDir, check.name);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** A killed download leaves its folder behind; a young one may be another process at work. */
async function removeLeftovers(cacheDir: string) {
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(STAGING)) continue;
    const folder = join(cacheDir, entry);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > DAY_MS) await rm(folder, { recursive: true, force: true });
  }
}
