import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import type { World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const FROZEN_SECONDS = 30;
const SHORTLY_FROZEN_SECONDS = 8;

const about = {
  name: 'frozen-primary',
  title: 'frozen primary (SIGSTOP)',
  marks: { gapMs: 6_000 },
};

export const frozenPrimary: Run = { ...about, done: '', short: false, run };

async function run(world: World, { workers, seconds: around, short }: Extent) {
  const frozenFor = short ? SHORTLY_FROZEN_SECONDS : FROZEN_SECONDS;
  const load = await underLoad(world, workers, async () => {
    await seconds(around / 2);
    const primary = await world.set.primary();
    primary.process.freeze();
    await seconds(frozenFor);
    primary.process.thaw();
    await seconds(around / 2);
    await world.set.whole();
  });
  return figuresOf({ ...about, done: `${frozenFor} s` }, world, [load]);
}
