import { oneOf } from '../buying.ts';
import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import { revive, type World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const LONGEST_PAUSE_SECONDS = 1.5;

const about = {
  name: 'killed-api',
  title: 'kill -9 of one of two API processes',
  marks: {},
};

export const killedApi: Run = { ...about, done: '', short: true, run };

/** Whichever, whenever: it is in the middle of as many checkouts as it has buyers. */
async function run(world: World, { workers, short }: Extent) {
  const times = short ? 2 : 10;
  const load = await underLoad(world, workers, async () => {
    for (let i = 0; i < times; i++) {
      // One of two is there at any time.
      await revive(world);
      await seconds(0.3 + Math.random() * LONGEST_PAUSE_SECONDS);
      await oneOf(world.apis).process.kill();
    }
  });
  // What a checkout that died has kept is free again when its time is over: the long run waits for that.
  return figuresOf({ ...about, done: `${times} ×` }, world, [load], short);
}
