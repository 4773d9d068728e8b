import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { type Documented, documented, fileOf, scriptNames } from './documented-commands.ts';
import { blocksOf, pages, readHere, root } from './markdown.ts';

/** Which test runs a script that is shown in a block, as a process of its own. */
const RUN_BY: Record<string, string> = {
  archive: 'test/orders/archive.test.ts',
  'audit-archive': 'test/audit/archive.test.ts',
  backup: 'test/backup/scripts.test.ts',
  cache: 'test/platform/cache/answers.test.ts',
  export: 'test/warehouse/export.test.ts',
  import: 'test/catalogue/import/import-command.test.ts',
  indexes: 'test/platform/mongo/create-indexes.test.ts',
  migrate: 'test/platform/mongo/migrations.test.ts',
  place: 'test/scripts/place.test.ts',
  rebuild: 'test/warehouse/rebuild.test.ts',
  restore: 'test/backup/scripts.test.ts',
  serve: 'test/platform/cluster/cluster.test.ts',
  shard: 'test/scaling/shard-plan.test.ts',
  torture: 'test/torture/short.test.ts',
  'trusted-documents': 'test/scripts/trusted-documents.test.ts',
};

/** What stands for a value in the docs, where a script looks closely at it. */
const VALUES: Record<string, string> = { TIME: '2026-11-25T09:30:00Z' };

type Line = [file: string, ...argv: string[]];

const WRONG: [Line, said: string][] = [
  [['scripts/backup.ts', 'create', '--to', 'STORE', '--form', 'x'], '--form'],
  [['scripts/backup.ts', 'create'], "'--to <store>' not"],
  [['scripts/restore.ts', '--from', 'STORE', '--to', 'yesterday'], 'latest'],
  [['scripts/archive.ts', 'carts'], 'orders'],
  [['scripts/codegen.ts', '--chekc'], '--chekc'],
  [['src/main.ts', '--port', '80'], '--port'],
];

const shown = documented.filter((one) => one.shown);
const read = documented.flatMap((one) => {
  const file = fileOf(one.script);
  return file === undefined ? [] : [{ ...one, file }];
});

const say = ({ page, line, script, argv }: Documented, what: string) =>
  `${page}:${line} npm run ${[script, ...argv].join(' ')}: ${what}`;

/** A sentence may speak of a command without all that it needs; a block is copied. */
const LEFT_OUT = /^error: (?:required option .* not specified|missing required argument)/;

let faultsOfParsers: (string | null)[];

/** One process for all, as most scripts load the same modules. */
beforeAll(() => {
  const ofPages = read.map(({ file, argv }): Line => [file, ...argv.map((word) => VALUES[word] ?? word)]);
  const lines = [...WRONG.map(([line]) => line), ...ofPages];
  const out = execFileSync(process.execPath, ['test/docs/parse-commands.ts', JSON.stringify(lines)], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
    timeout: 60_000,
    env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/node' },
  });
  faultsOfParsers = JSON.parse(out);
});

it('reads the commands of the pages', () => {
  const named = new Set(shown.map(({ script }) => script));
  expect(named).toContain('backup');
  expect(shown.length).toBeGreaterThan(30);
  expect(documented.length).toBeGreaterThan(shown.length + 30);
});

it('shows commands in blocks of sh, where they can be read', () => {
  const others = pages
    .flatMap(blocksOf)
    .filter(({ lang, text }) => lang !== 'sh' && /^\W*(?:[A-Z_]+=\S+ )*npm run\b/m.test(text));
  expect(others.map(({ page, line }) => `${page}:${line}`)).toEqual([]);
});

it('names no npm script that is not there', () => {
  const named = pages
    .map(readHere)
    .flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
  expect([...new Set(named)].filter((name) => !scriptNames.includes(name))).toEqual([]);
});

it('lists in README each script that calls itself a command of npm', () => {
  const commands = scriptNames.filter((name) => {
    const file = fileOf(name);
    return file !== undefined && readHere(file).includes(`new Command('npm run ${name} --')`);
  });
  expect(commands.length).toBeGreaterThan(15);
  const rows = readHere('README.md').match(/^\| `npm run [\w:-]+/gm) ?? [];
  const listed = rows.map((row) => row.replace('| `npm run ', ''));
  expect(commands.filter((name) => !listed.includes(name))).toEqual([]);
});

it('gives each script what its own parser takes', () => {
  const said = read.flatMap((one, index) => {
    const fault = one.fault ?? faultsOfParsers[WRONG.length + index];
    return fault && (one.shown || !LEFT_OUT.test(fault)) ? [say(one, fault)] : [];
  });
  expect(said).toEqual([]);
  const closed = documented.filter(({ script, argv }) => fileOf(script) === undefined && argv.length > 0);
  expect(closed.map((one) => say(one, 'takes no words'))).toEqual([]);
});

it('sees what a parser does not take', () => {
  const expected = WRONG.map(([, said]) => expect.stringContaining(said));
  expect(faultsOfParsers.slice(0, WRONG.length)).toEqual(expected);
});

/** A test and what it imports of the tests' own: a process is often started by a file that several share. */
function textOf(test: string): string {
  const text = readHere(test);
  const imported = [...text.matchAll(/from '(\.[^']+)'/g)]
    .map(([, path = '']) => join(dirname(test), path))
    .filter((path) => path.startsWith('test/'));
  return [text, ...imported.map(readHere)].join('\n');
}

/** Whether a test names a script by its path, or hands its name to `runScript`. */
function mentions(test: string, script: string): boolean {
  const file = fileOf(script) ?? '';
  const started = new RegExp(`(?:run|start)Script\\('${basename(file, '.ts')}'`);
  return textOf(test).includes(`${file}'`) || (file.startsWith('scripts/') && started.test(readHere(test)));
}

/** What is wrong with the test that a script is said to be run by; null when nothing is. */
function faultOfTest(script: string): string | null {
  const test = RUN_BY[script];
  if (test === undefined) return 'is run by no test: name one, or say "# not run here: why"';
  if (!test.endsWith('.test.ts') || !existsSync(`${root}/${test}`)) return `${test} is no test`;
  return mentions(test, script) ? null : `${test} does not mention ${fileOf(script)}`;
}

it('runs in a test what it shows in blocks, or says why not', () => {
  const faults = shown.flatMap((one) => {
    const fault = one.excused ? null : faultOfTest(one.script);
    return fault === null ? [] : [say(one, fault)];
  });
  expect(faults).toEqual([]);
});
