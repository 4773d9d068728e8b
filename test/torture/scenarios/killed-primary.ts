import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import type { World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const about = {
  name: 'killed-primary',
  title: 'kill -9 of the primary',
  marks: { gapMs: 5_000 },
};

export const killedPrimary: Run = { ...about, done: '', short: true, run };

async function run(world: World, { workers, seconds: around, short }: Extent) {
  const times = short ? 1 : 3;
  const load = await underLoad(world, workers, async () => {
    for (let i = 0; i < times; i++) {
      await seconds(around / 2);
      const primary = await world.set.primary();
      await primary.process.kill();
      await world.set.primary();
      await seconds(around / 2);
      await world.set.restart(primary);
      await world.set.whole();
    }
  });
  return figuresOf({ ...about, done: `${times} ×` }, world, [load]);
}
