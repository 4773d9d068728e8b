import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { folderStore } from './folder-store.ts';
import { s3Store } from './s3-store.ts';
import { StoreError } from './store-error.ts';

/** Files by key, in a folder or in a bucket; the same calls do the same in both. */
export type ObjectStore = {
  /** Where it is, as people wrote it. */
  readonly url: string;
  /** The object is seen when all of it is stored, and not before; one that was there under the key gives way to it. */
  put: (key: string, body: Readable | Uint8Array) => Promise<void>;
  get: (key: string) => Promise<Readable | undefined>;
  /** In the order of the store; buckets differ in it. */
  list: (prefix: string) => AsyncIterable<StoredObject>;
  /** What is not there is no error. */
  remove: (key: string) => Promise<void>;
};

export type StoredObject = { key: string; bytes: number };

/** As the environment names them. Without a key, the AWS SDK looks for one: a profile, the role of the machine. */
export type S3Access = {
  S3_ENDPOINT?: string | undefined;
  S3_REGION?: string | undefined;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
};

/** A folder (`backups`, `/var/backups`, `file:///var/backups`) or `s3://bucket/prefix`. Nothing is opened yet. */
export function openStore(url: string, access: S3Access = {}): ObjectStore {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 's3') return s3Store(url, access);
  if (scheme === 'file') return folderStore(folderOf(url), url);
  if (scheme === undefined && url.trim() !== '') return folderStore(url, url);
  throw new StoreError(`"${url}" is no store: give a folder, file:///folder or s3://bucket/prefix`);
}

function folderOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new StoreError(`"${url}" is no folder: file:///folder has three slashes`);
  }
}
