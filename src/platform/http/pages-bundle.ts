import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const playground = fileURLToPath(new URL('../../../playground/', import.meta.url));
const lockFile = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));

export const bundleFolder = join(playground, 'dist');

/** In the bundle's folder: the hash of the sources that it was built from. */
const ORIGIN = 'built-from';
const STAGING = 'building-';

/**
 * Builds the pages when their sources, or the libraries in them, have changed since the last time. When nothing
 * has, this takes a few milliseconds: the bundler is not even loaded.
 */
export async function ensurePlaygroundBuilt(report: (line: string) => void) {
  const sources = hashSources();
  if (sources === builtFrom()) return;
  report('Building the start page and the playground');
  const staging = await mkdtemp(join(playground, STAGING));
  try {
    await runBundler(staging);
    await writeFile(join(staging, ORIGIN), sources);
    // mkdtemp makes it private; the server may run as another user than the one that builds.
    await chmod(staging, 0o755);
    await replaceBundle(staging, sources);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function hashSources() {
  const hash = createHash('sha256').update(readFileSync(lockFile));
  for (const file of listSources()) hash.update(`\0${file}\0`).update(readFileSync(join(playground, file)));
  return hash.digest('hex');
}

function listSources() {
  const top = readdirSync(playground, { withFileTypes: true }).filter(({ name }) => !isMadeHere(name));
  const below = top.filter((entry) => entry.isDirectory()).flatMap(({ name }) => filesIn(name));
  return [...top.filter((entry) => entry.isFile()).map(({ name }) => name), ...below].sort();
}

const isMadeHere = (name: string) => name === 'dist' || name === 'node_modules' || name.startsWith(STAGING);

const filesIn = (folder: string) =>
  readdirSync(join(playground, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(playground.length));

function builtFrom() {
  try {
    return readFileSync(join(bundleFolder, ORIGIN), 'utf8');
  } catch {
    return undefined;
  }
}

/** In a process of its own: its memory, about 200 MB, is given back when it ends. */
async function runBundler(outDir: string) {
  const vite = createRequire(import.meta.url).resolve('vite/package.json');
  const bin = join(vite, '..', 'bin', 'vite.js');
  const args = [bin, 'build', '--outDir', outDir, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, args, { cwd: playground });
}

/** Two processes may build at once. Whichever moves second finds the same bundle in its place. */
async function replaceBundle(staging: string, sources: string) {
  await rm(bundleFolder, { recursive: true, force: true });
  await rename(staging, bundleFolder).catch((error) => {
    if (builtFrom() !== sources) throw error;
  });
}
