import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const playground = fileURLToPath(new URL('../../../playground', import.meta.url));

export const bundleFolder = join(playground, 'dist');

/** In the bundle's folder: the hash of the sources that it was built from. */
const ORIGIN = 'built-from';
const STAGING = 'building-';

/**
 * Builds the pages when their sources, or the libraries in them, have changed since the last time. When nothing
 * has, this takes a few milliseconds: the bundler is not even loaded.
 */
export async function ensurePlaygroundBuilt(report: (line: string) => void, folder = playground) {
  const sources = hashSources(folder);
  if (sources === builtFrom(folder)) return;
  report('Building the start page and the playground');
  const staging = await mkdtemp(join(folder, STAGING));
  try {
    await runBundler(folder, staging);
    await writeFile(join(staging, ORIGIN), sources);
    // mkdtemp makes it private; the server may run as another user than the one that builds.
    await chmod(staging, 0o755);
    await replaceBundle(folder, staging, sources);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function hashSources(folder: string) {
  const hash = createHash('sha256').update(readFileSync(join(folder, '..', 'package-lock.json')));
  for (const file of listSources(folder)) {
    hash.update(`\0${relative(folder, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listSources(folder: string) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !isMadeHere(name));
  return entries
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : join(folder, entry.name),
    )
    .sort();
}

const isMadeHere = (name: string) => name === 'dist' || name === 'node_modules' || name.startsWith(STAGING);

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

function builtFrom(folder: string) {
  try {
    return readFileSync(join(folder, 'dist', ORIGIN), 'utf8');
  } catch {
    return undefined;
  }
}

/** In a process of its own: it gives its memory back, and no NODE_ENV of ours makes it bundle React's debug build. */
async function runBundler(folder: string, outDir: string) {
  const vite = createRequire(import.meta.url).resolve('vite/package.json');
  const args = [join(vite, '..', 'bin', 'vite.js'), 'build', '--outDir', outDir, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, args, { cwd: folder, env: { NODE_ENV: 'production' } });
}

/**
 * Folders are only ever moved whole: of two processes that build at once, the one that moves second finds the
 * same bundle in its place.
 */
async function replaceBundle(folder: string, staging: string, sources: string) {
  const bundle = join(folder, 'dist');
  const old = `${staging}-old`;
  await rename(bundle, old).catch(() => {});
  await rename(staging, bundle).catch((error) => {
    if (builtFrom(folder) !== sources) throw error;
  });
  await rm(old, { recursive: true, force: true });
}
