import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Admission } from '../../../src/platform/http/admission.ts';

const busy = { status: 503, headers: { 'retry-after': '1' } };

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { run: () => promise, end: () => resolve('done') };
}

it('lets in so many at once, has some wait in a row, and sends the rest away', async () => {
  const admission = new Admission({ atOnce: 2, waiting: 1, patienceMs: 1_000 });
  const jobs = [work(), work(), work(), work()];
  const answers = jobs.map((job) => admission.admit(job.run));
  await expect(answers[3]).rejects.toMatchObject(busy);
  expect(admission.state).toEqual({ atWork: 2, waiting: 1, refused: 1 });
  jobs[0]?.end();
  expect(await answers[0]).toBe('done');
  expect(admission.state).toEqual({ atWork: 2, waiting: 0, refused: 1 });
  for (const job of jobs) job.end();
  expect(await Promise.all(answers.slice(0, 3))).toEqual(['done', 'done', 'done']);
  expect(admission.state).toEqual({ atWork: 0, waiting: 0, refused: 1 });
});

it('has nobody wait for longer than patience lasts', async () => {
  const admission = new Admission({ atOnce: 1, waiting: 5, patienceMs: 20 });
  const first = work();
  const answer = admission.admit(first.run);
  await expect(admission.admit(first.run)).rejects.toMatchObject(busy);
  expect(admission.state).toEqual({ atWork: 1, waiting: 0, refused: 1 });
  first.end();
  await answer;
  expect(admission.state.atWork).toBe(0);
});

it('gives the place of work that failed to the next', async () => {
  const admission = new Admission({ atOnce: 1, waiting: 5, patienceMs: 1_000 });
  const failing = admission.admit(() => sleep(5).then(() => Promise.reject(new Error('failed'))));
  const next = admission.admit(async () => 'done');
  await expect(failing).rejects.toThrow('failed');
  expect(await next).toBe('done');
});
