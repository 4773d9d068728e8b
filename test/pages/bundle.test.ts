import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensurePlaygroundBuilt } from '../../src/platform/http/pages-bundle.ts';

let root: string;
let playground: string;

/** Two pages in small: the bundler runs for real. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'souk-bundle-'));
  playground = join(root, 'playground');
  await mkdir(join(playground, 'start'), { recursive: true });
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(join(playground, 'index.html'), '<script type="module" src="./start/start.ts"></script>');
  await writeFile(join(playground, 'start', 'start.ts'), 'document.title = "first" satisfies string;');
});
afterEach(() => rm(root, { recursive: true }));

async function build() {
  const lines: string[] = [];
  await ensurePlaygroundBuilt((line) => lines.push(line), playground);
  return lines;
}

async function builtScript() {
  const assets = join(playground, 'dist', 'assets');
  const [name = ''] = await readdir(assets);
  return readFile(join(assets, name), 'utf8');
}

it('builds when there is no bundle, and then not again', async () => {
  expect(await build()).toEqual(['Building the start page and the playground']);
  expect(await builtScript()).toContain('first');
  expect(await build()).toEqual([]);
  expect(await readdir(playground)).toEqual(['dist', 'index.html', 'start']);
});

it('builds again when a source has changed, whatever its date', async () => {
  await build();
  await writeFile(join(playground, 'start', 'start.ts'), 'document.title = "second";');
  expect(await build()).toHaveLength(1);
  expect(await builtScript()).toContain('second');
});

it('builds again when a library has changed', async () => {
  await build();
  await writeFile(join(root, 'package-lock.json'), '{"changed": true}');
  expect(await build()).toHaveLength(1);
});

it('leaves one whole bundle when several processes build at once', async () => {
  await Promise.all([build(), build(), build()]);
  expect(await builtScript()).toContain('first');
  expect(await build()).toEqual([]);
  expect(await readdir(playground)).toEqual(['dist', 'index.html', 'start']);
});

it('says what is wrong with the sources and keeps the bundle there was', async () => {
  await build();
  await writeFile(join(playground, 'start', 'start.ts'), 'const = ;');
  await expect(build()).rejects.toThrow(/start\.ts/);
  expect(await builtScript()).toContain('first');
});
