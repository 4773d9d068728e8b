import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ObjectId } from 'mongodb';
import { expect, inject, it } from 'vitest';
import { archiveMonth } from '../../src/domains/audit/archive/archive-months.ts';
import { monthOf, monthText } from '../../src/domains/audit/months.ts';
import { atEnd, openTestDatabase } from '../support/mongo.ts';
import { addEntries, archivedIn, collectionsBefore, idsOf, storedBefore } from './old-entries.ts';

const program = fileURLToPath(new URL('killed-run.ts', import.meta.url));
const thisMonth = monthOf(new Date());
const old = thisMonth - 20;

/** Where runs are killed, one after the other: each goes on with what the one before it left. */
const KILLS = [
  ['write', 2],
  ['place', 1],
  ['place', 3],
  ['list', 1],
] as const;

it('killed anywhere, an archive run is finished by the next, with nothing lost and nothing twice', async () => {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'souk-audit-'));
  atEnd(() => rm(folder, { recursive: true }));
  const shops = [new ObjectId(), new ObjectId(), new ObjectId()];
  for (const tenantId of shops) await addEntries(database, tenantId, old, 1_500);
  const before = await storedBefore(database, thisMonth);
  expect(before).toHaveLength(4_500);

  for (const [step, times] of KILLS) {
    const args = [inject('mongoUri'), database.name, folder, String(old), step, String(times)];
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
    const [, signal] = await once(child, 'exit');
    expect(signal, `killed at ${step} ${times}`).toBe('SIGKILL');
    const there = [...(await storedBefore(database, thisMonth)), ...(await archivedIn(folder))];
    expect(new Set(idsOf(there))).toEqual(new Set(idsOf(before)));
  }

  const done = await archiveMonth(database.systemDb('a test of the archive'), old, {
    folder,
    shops: new Map(),
  });
  expect(done).toMatchObject({ entries: 4_500, shops: 3 });
  expect(await collectionsBefore(database, old + 1)).toEqual([]);
  expect(await archivedIn(folder)).toEqual(before);
  const files = await readdir(join(folder, monthText(old)));
  expect(files.sort()).toEqual([...shops.map((shop) => `${shop}.ndjson.gz`), 'manifest.json'].sort());
  const manifest = JSON.parse(await readFile(join(folder, monthText(old), 'manifest.json'), 'utf8'));
  expect(manifest.files.map(({ entries }: { entries: number }) => entries)).toEqual([1_500, 1_500, 1_500]);
}, 300_000);
