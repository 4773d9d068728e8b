import { Readable } from 'node:stream';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { checkKey } from './keys.ts';
import type { ObjectStore, S3Access, StoredObject } from './object-store.ts';
import { StoreError } from './store-error.ts';

/** A part may be sent again, so it stays in memory: two at a time. A bucket takes 10,000 parts of an object, here 156 GiB. */
const PARTS = { partSize: 16 * 1024 * 1024, queueSize: 2 };
const [CONNECT_MS, SILENT_MS, ATTEMPTS] = [5_000, 60_000, 4];

/** The SDK is loaded with the first call: it costs half a second that nobody else should wait. */
export function s3Store(url: string, access: S3Access): ObjectStore {
  const { Bucket, prefix } = placeOf(url);
  let opened: ReturnType<typeof open> | undefined;
  const use = async () => {
    opened ??= open(access);
    return opened;
  };
  const place = (key: string) => ({ Bucket, Key: `${prefix}${checkKey(key)}` });
  const told = telling(url);
  return {
    url,
    put: (key, body) => told(async () => put(await use(), place(key), body)),
    get: (key) => told(async () => get(await use(), place(key))),
    list: (wanted) => listObjects(use, { Bucket, prefix, wanted, told }),
    remove: (key) =>
      told(async () => {
        const { client, sdk } = await use();
        await client.send(new sdk.DeleteObjectCommand(place(key)));
      }),
  };
}

type Opened = Awaited<ReturnType<typeof open>>;
type Place = { Bucket: string; Key: string };

function placeOf(url: string): { Bucket: string; prefix: string } {
  const [, Bucket = '', path = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/i.exec(url) ?? [];
  if (Bucket === '') throw new StoreError(`"${url}" names no bucket: it is s3://bucket/prefix`);
  if (path !== '') checkKey(path);
  return { Bucket, prefix: path === '' ? '' : `${path}/` };
}

async function open(access: S3Access) {
  const [sdk, { Upload }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  return { sdk, Upload, client: new sdk.S3Client(settingsOf(access)) };
}

/** Stores other than Amazon's know neither buckets as host names nor, some of them, checksums behind the body. */
function settingsOf(access: S3Access): S3ClientConfig {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = access;
  if ((S3_ACCESS_KEY_ID === undefined) !== (S3_SECRET_ACCESS_KEY === undefined))
    throw new StoreError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both or neither');
  const key = S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY;
  return {
    region: S3_REGION ?? 'us-east-1',
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENT_MS, throwOnRequestTimeout: true },
    ...(S3_ENDPOINT && {
      endpoint: S3_ENDPOINT,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    ...(key && { credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } }),
  };
}

/**
 * One request or many parts; parts of what could not be finished are taken away again. What went wrong with the body is
 * the fault to tell, and not what came of it.
 */
async function put({ client, Upload }: Opened, place: Place, body: Readable | Uint8Array): Promise<void> {
  let fault: Error | undefined;
  if (body instanceof Readable) body.once('error', (error) => (fault = error));
  try {
    await new Upload({ client, params: { ...place, Body: body }, ...PARTS }).done();
  } catch (error) {
    throw fault ?? error;
  }
}

async function get({ client, sdk }: Opened, place: Place): Promise<Readable | undefined> {
  try {
    const { Body } = await client.send(new sdk.GetObjectCommand(place));
    return Body instanceof Readable ? Body : undefined;
  } catch (error) {
    if (error instanceof sdk.NoSuchKey) return undefined;
    throw error;
  }
}

type Listing = { Bucket: string; prefix: string; wanted: string; told: ReturnType<typeof telling> };

async function* listObjects(
  use: () => Promise<Opened>,
  { Bucket, prefix, wanted, told }: Listing,
): AsyncGenerator<StoredObject> {
  let ContinuationToken: string | undefined;
  do {
    const asked = { Bucket, Prefix: `${prefix}${wanted}`, ContinuationToken };
    const page = await told(async () => {
      const { client, sdk } = await use();
      return client.send(new sdk.ListObjectsV2Command(asked));
    });
    for (const { Key = '', Size = 0 } of page.Contents ?? [])
      yield { key: Key.slice(prefix.length), bytes: Size };
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

/** The SDK names neither the store nor what to look at. */
const telling =
  (url: string) =>
  async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work();
    } catch (error) {
      const say = error instanceof Error ? HINTS[error.name] : undefined;
      if (error instanceof StoreError || say === undefined) throw error;
      throw new StoreError(`${url}: ${say} (${(error as Error).message})`, { cause: error });
    }
  };

const HINTS: Record<string, string> = {
  NoSuchBucket: 'there is no such bucket; Souk makes none',
  AccessDenied: 'the key may not do this',
  InvalidAccessKeyId: 'S3_ACCESS_KEY_ID is not known there',
  SignatureDoesNotMatch: 'S3_SECRET_ACCESS_KEY is not the one of S3_ACCESS_KEY_ID',
  CredentialsProviderError: 'there is no key: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
  PermanentRedirect: 'the bucket is in another region: set S3_REGION',
  ECONNREFUSED: 'nothing answers there: is S3_ENDPOINT right?',
  ENOTFOUND: 'the host is not known: is S3_ENDPOINT right?',
  TimeoutError: 'it did not answer in time',
};
