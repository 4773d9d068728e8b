import { randomUUID } from 'node:crypto';
import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkKey, UNFINISHED } from './keys.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { syncFolder } from './sync-folder.ts';

/** What is in UNFINISHED for longer was left by a run that was killed. */
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000;

/** A put writes a file beside the others, brings it to the disk, and moves it to its name. */
export function folderStore(folder: string, url: string): ObjectStore {
  const root = resolve(folder);
  const pathOf = (key: string) => join(root, ...checkKey(key).split('/'));
  let opened: Promise<string> | undefined;
  return {
    url,
    put: async (key, body) => {
      const path = pathOf(key);
      opened ??= openUnfinished(root);
      const unfinished = join(await opened, randomUUID());
      try {
        const whole = body instanceof Uint8Array ? Readable.from([body]) : body;
        await pipeline(whole, createWriteStream(unfinished, { flags: 'wx', flush: true }));
        await makeFolder(dirname(path));
        await rename(unfinished, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    get: (key) => read(pathOf(key)),
    list: (prefix) => listFiles(root, prefix),
    remove: async (key) => {
      await rm(pathOf(key), { force: true });
    },
  };
}

async function openUnfinished(root: string): Promise<string> {
  const folder = join(root, UNFINISHED);
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(ifMissing);
    if (found && Date.now() - found.mtimeMs > LEFT_AFTER_MS) await rm(path, { force: true });
  }
  return folder;
}

/** A new folder is there after a power cut once the one it lies in is on the disk. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  const made = relative(dirname(first), path).split(sep);
  for (let depth = 0; depth < made.length; depth += 1) {
    await syncFolder(join(dirname(first), ...made.slice(0, depth)));
  }
}

async function read(path: string): Promise<Readable | undefined> {
  const file = await open(path).catch(ifMissing);
  if (!file) return undefined;
  if ((await file.stat()).isFile()) return file.createReadStream();
  await file.close();
  return undefined;
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

/** Walks only folders that may hold a key with the prefix. */
async function* listFiles(root: string, prefix: string, above = ''): AsyncGenerator<StoredObject> {
  const entries = (await readdir(join(root, above), { withFileTypes: true }).catch(ifMissing)) ?? [];
  const named = entries.map((entry) => ({
    entry,
    key: `${above}${entry.name}${entry.isDirectory() ? '/' : ''}`,
  }));
  named.sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)));
  for (const { entry, key } of named) {
    if (key === `${UNFINISHED}/`) continue;
    if (entry.isDirectory() && (key.startsWith(prefix) || prefix.startsWith(key)))
      yield* listFiles(root, prefix, key);
    if (isFile(entry) && key.startsWith(prefix)) yield* sized(root, key);
  }
}

const isFile = (entry: Dirent) => entry.isFile() || entry.isSymbolicLink();

async function* sized(root: string, key: string): AsyncGenerator<StoredObject> {
  const found = await stat(join(root, key)).catch(ifMissing);
  if (found?.isFile()) yield { key, bytes: found.size };
}
