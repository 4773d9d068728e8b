import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import type { World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const about = {
  name: 'redis-away',
  title: 'Redis killed, back empty, frozen',
  marks: { gapMs: 1_000 },
};

export const redisAway: Run = { ...about, done: '', short: false, run };

async function run(world: World, { workers, seconds: around }: Extent) {
  const phase = () => seconds(around / 3);
  const load = await underLoad(world, workers, async () => {
    await phase();
    await world.redis.process.kill();
    await phase();
    await world.redis.restart();
    await phase();
    world.redis.process.freeze();
    await phase();
    world.redis.process.thaw();
    await phase();
  });
  return figuresOf({ ...about, done: `${(around / 3).toFixed(0)} s each` }, world, [load]);
}
