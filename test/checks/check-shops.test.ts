import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { checkAllShops } from '../../src/domains/checks/check-shops.ts';
import { findLastCheck, tellCheck, watchChecks } from '../../src/domains/checks/figures.ts';
import { startClock } from '../../src/platform/jobs/clock.ts';
import { watchJobs } from '../../src/platform/jobs/job-metrics.ts';
import { createLog } from '../../src/platform/log.ts';
import { testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { openShop } from '../support/shop.ts';

it('checks all shops on a clock: what differs is shown by kind and logged, and gone once it is right', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const registry = new Registry();
  const { database } = await testApp();
  // As in a process that has checked nothing itself.
  const system = database.systemDb('the last check');
  watchChecks(registry, () => findLastCheck(system));
  const [, shop] = [await openShop(), await openShop()];
  const { _id } = await shop.product();
  const setCount = (to: number) =>
    shop.db.collection(products).updateOne({ _id }, { $set: { 'reviews.count': to } });

  await setCount(3);
  await tellCheck(system, pino(sink), await checkAllShops(database));
  const shown = await registry.metrics();
  expect(shown).toContain('check_data_problems{check="summary"} 1');
  expect(shown).toMatch(/check_data_last_run_timestamp_seconds \d{10}/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, shops: 2, differences: { summary: 1 } });

  await setCount(0);
  await tellCheck(system, pino(sink), await checkAllShops(database));
  expect(await registry.metrics()).not.toContain('check="summary"');
});

it('shows of each job how often it was done or failed, and when it last went well', async () => {
  const registry = new Registry();
  let rounds = 0;
  const run = async () => {
    rounds += 1;
    if (rounds === 1) throw new Error('the first round fails');
  };
  const clock = startClock([{ name: 'try', everyMs: 5, run }], createLog('silent'), watchJobs(registry));
  await eventually(async () => rounds >= 2).toBe(true);
  await clock.stop();
  const shown = await registry.metrics();
  expect(shown).toContain('job_rounds_total{job="try",outcome="failed"} 1');
  expect(shown).toMatch(/job_rounds_total\{job="try",outcome="done"\} [1-9]/);
  expect(shown).toMatch(/job_last_success_timestamp_seconds\{job="try"\} \d{10}/);
});
