import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { expect, inject, it } from 'vitest';
import { watchBackup } from '../../src/platform/backup/backup-metrics.ts';
import { connectForBackup } from '../../src/platform/backup/connect.ts';
import { createSnapshot } from '../../src/platform/backup/snapshot.ts';
import { openStore } from '../../src/platform/object-store/object-store.ts';
import { startTestApp } from '../support/app.ts';
import { atEnd } from '../support/mongo.ts';

const ask = async (url: string, path: string) => (await fetch(url + path)).text();
const checksOf = async (url: string, path: string) => JSON.parse(await ask(url, path)).checks;

it('says in /readyz?verbose and in /metrics how old the backup is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-status-'));
  atEnd(() => rm(folder, { recursive: true }));
  const { url, databaseName } = await startTestApp({ BACKUP_TO: folder });
  const source = await connectForBackup(inject('mongoUri'), databaseName);
  const stores = [openStore(folder)];
  const { time } = await createSnapshot(source.db, { stores, key: null }).finally(source.close);

  const { backup } = await checksOf(url, '/readyz?verbose');
  expect(backup).toMatch(
    /^last snapshot \d+ s ago, changes copied up to \d+ s ago, restored for a trial never$/,
  );
  expect(await checksOf(url, '/readyz')).toEqual({ mongodb: 'ok' });
  const metrics = await ask(url, '/metrics');
  expect(metrics).toContain(`\nbackup_last_snapshot_timestamp_seconds ${Date.parse(time) / 1_000}\n`);
  expect(metrics).not.toContain('\nbackup_last_verified_timestamp_seconds ');
});

it('keeps the last known figures in /metrics while a store cannot be read, and says so', async () => {
  const registry = new Registry();
  const reachesTo = new Date('2026-11-25T10:00:00.000Z');
  let reached = false;
  watchBackup(registry, async () => {
    if (!reached) throw new Error('The store does not answer');
    return { lastSnapshot: reachesTo, reachesTo, lastVerified: null };
  });
  const shown = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('backup_'));
  expect(await shown()).toEqual(['backup_store_unreachable 1']);
  const figures = ['last_snapshot', 'reaches_to'].map(
    (name) => `backup_${name}_timestamp_seconds ${reachesTo.getTime() / 1_000}`,
  );
  reached = true;
  expect(await shown()).toEqual([...figures, 'backup_store_unreachable 0']);
  reached = false;
  expect(await shown()).toEqual([...figures, 'backup_store_unreachable 1']);
});
