import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObjectStore, openStore } from '../../../src/platform/object-store/object-store.ts';
import { startS3 } from '../../support/s3.ts';

let folder: string;
let s3: Awaited<ReturnType<typeof startS3>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-store-'));
  s3 = await startS3();
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true });
});

const listed = (store: ObjectStore, prefix = '') => Array.fromAsync(store.list(prefix));
const textOf = async (store: ObjectStore, key: string) => {
  const body = await store.get(key);
  return body ? text(body) : undefined;
};

const KINDS: [string, (name: string) => ObjectStore][] = [
  ['a folder', (name) => openStore(join(folder, name))],
  ['a bucket', (name) => openStore(`${s3.url}/${name}/`, s3.env)],
];

describe.each(KINDS)('%s', (_, open) => {
  it('gives back what was put, and what was put last', async () => {
    const store = open('back');
    await store.put('a/b.txt', Buffer.from('first'));
    await store.put('a/b.txt', Readable.from([Buffer.from('sec'), Buffer.from('ond')]));
    await store.put('empty', new Uint8Array());
    expect([await textOf(store, 'a/b.txt'), await textOf(store, 'empty')]).toEqual(['second', '']);
    expect(await listed(store)).toEqual([
      { key: 'a/b.txt', bytes: 6 },
      { key: 'empty', bytes: 0 },
    ]);
  });

  it('has nothing under other keys, and removes what is there or not', async () => {
    const store = open('removed');
    expect([await textOf(store, 'a'), await listed(store)]).toEqual([undefined, []]);
    await store.put('a/b', Buffer.from('x'));
    expect(await textOf(store, 'a')).toBeUndefined();
    expect(await textOf(store, 'a/c')).toBeUndefined();
    for (const key of ['a/b', 'a/b', 'c']) await store.remove(key);
    expect([await textOf(store, 'a/b'), await listed(store)]).toEqual([undefined, []]);
  });

  it('lists by prefix, and only its own', async () => {
    const store = open('listed');
    const keys = ['a.txt', 'a/x=1/ü', 'a/x=1/z', 'a0', 'b/c/d', 'b/c1', 'B'];
    for (const key of [...keys].reverse()) await store.put(key, Buffer.from(key));
    await open('listed-more').put('a/other', Buffer.from(''));
    const keysOf = async (prefix: string) => (await listed(store, prefix)).map(({ key }) => key).sort();
    expect(await keysOf('')).toEqual(['B', 'a.txt', 'a/x=1/z', 'a/x=1/ü', 'a0', 'b/c/d', 'b/c1']);
    expect(await keysOf('a')).toEqual(['a.txt', 'a/x=1/z', 'a/x=1/ü', 'a0']);
    expect(await keysOf('b/c')).toEqual(['b/c/d', 'b/c1']);
    expect(await keysOf('b/c/')).toEqual(['b/c/d']);
    expect(await keysOf('c')).toEqual([]);
  });

  it('streams what is larger than a part', async () => {
    const chunk = randomBytes(1024 * 1024);
    const hash = createHash('sha256');
    function* chunks() {
      for (let count = 0; count < 36; count += 1) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const store = open('large');
    await store.put('large', Readable.from(chunks()));
    const body = await store.get('large');
    expect(body).toBeDefined();
    const got =
      body &&
      createHash('sha256')
        .update(await buffer(body))
        .digest('hex');
    expect(got).toBe(hash.digest('hex'));
    expect(await listed(store)).toEqual([{ key: 'large', bytes: 36 * chunk.length }]);
  });

  it.each([1, 20])('keeps what was there when a body fails after %i MB', async (megabytes) => {
    async function* broken() {
      for (let count = 0; count < megabytes; count += 1) yield Buffer.alloc(1024 * 1024);
      throw new Error('the source broke');
    }
    const store = open(`broken-${megabytes}`);
    await store.put('kept', Buffer.from('whole'));
    await expect(store.put('kept', Readable.from(broken()))).rejects.toThrow('the source broke');
    await expect(store.put('new', Readable.from(broken()))).rejects.toThrow('the source broke');
    expect([await textOf(store, 'kept'), await textOf(store, 'new')]).toEqual(['whole', undefined]);
    expect(await listed(store)).toEqual([{ key: 'kept', bytes: 5 }]);
  });

  it.each([
    '',
    '/etc/passwd',
    'a//b',
    'a/',
    '.',
    '../a',
    'a/../../b',
    'a\\b',
    'a\0b',
    '.unfinished/a',
    'x'.repeat(256),
    `${'x/'.repeat(600)}x`,
  ])('refuses the key "%s"', async (key) => {
    const store = open('refused');
    const calls = [() => store.put(key, Buffer.from('x')), () => store.get(key), () => store.remove(key)];
    for (const call of calls) await expect((async () => call())()).rejects.toThrow('The key "');
    expect(await listed(store)).toEqual([]);
  });
});

it('takes a folder by its address', async () => {
  const root = join(folder, 'by address');
  await openStore(pathToFileURL(root).href).put('a', Buffer.from('a'));
  expect(await listed(openStore(root))).toEqual([{ key: 'a', bytes: 1 }]);
});

it('removes from a folder what killed runs left unfinished a day ago, and nothing that is being written', async () => {
  const root = join(folder, 'left');
  const unfinished = join(root, '.unfinished');
  await mkdir(unfinished, { recursive: true });
  for (const name of ['old', 'new']) await writeFile(join(unfinished, name), '');
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  await utimes(join(unfinished, 'old'), yesterday, yesterday);
  await openStore(root).put('a', Buffer.from('a'));
  expect(await readdir(unfinished)).toEqual(['new']);
  expect(await listed(openStore(root))).toEqual([{ key: 'a', bytes: 1 }]);
});

it.each(['', 'ftp://host/x', 's3://', 's3:///x', 's3://b/../x', 'file://host/x'])(
  'refuses the address "%s"',
  (url) => expect(() => openStore(url)).toThrow(/is no store|names no bucket|has a part|is no folder/),
);

it('says what is wrong with a bucket', async () => {
  const put = (url: string, env: Parameters<typeof openStore>[1]) =>
    openStore(url, env).put('a', Buffer.from('a'));
  await expect(put('s3://nowhere', s3.env)).rejects.toThrow('s3://nowhere: there is no such bucket');
  await expect(put(s3.url, { ...s3.env, S3_ACCESS_KEY_ID: 'x' })).rejects.toThrow('is not known there');
  await expect(put(s3.url, { ...s3.env, S3_SECRET_ACCESS_KEY: undefined })).rejects.toThrow(
    'belong together',
  );
});
