import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startClock } from '../../../src/platform/jobs/clock.ts';
import { createLog } from '../../../src/platform/log.ts';

const silent = createLog('silent');

const until = async (condition: () => boolean) => {
  while (!condition()) await sleep(5);
};

it('runs a job at once and then again and again, also after a round that failed', async () => {
  let rounds = 0;
  const run = async () => {
    rounds += 1;
    if (rounds === 1) throw new Error('the first round fails');
  };
  const clock = startClock([{ name: 'counts', everyMs: 5, run }], silent);
  await until(() => rounds >= 3);
  await clock.stop();
  const stopped = rounds;
  await sleep(50);
  expect(rounds).toBe(stopped);
});

it('never runs two rounds of one job at once, and a slow job holds up no other', async () => {
  let inside = 0;
  let most = 0;
  let others = 0;
  const slow = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(40);
    inside -= 1;
  };
  const quick = async () => {
    others += 1;
  };
  const clock = startClock(
    [
      { name: 'slow', everyMs: 1, run: slow },
      { name: 'quick', everyMs: 1, run: quick },
    ],
    silent,
  );
  await until(() => others >= 10);
  await clock.stop();
  expect(most).toBe(1);
});

it('waits for the round that is running when it is stopped', async () => {
  let finished = false;
  const run = async () => {
    await sleep(50);
    finished = true;
  };
  const clock = startClock([{ name: 'slow', everyMs: 1_000, run }], silent);
  await clock.stop();
  expect(finished).toBe(true);
});
