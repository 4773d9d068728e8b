import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import type { World } from '../world.ts';
import type { Extent, Run } from './scenario.ts';

const CUT_SECONDS = 8;

const about = {
  name: 'cut-off',
  title: 'API cut off from the primary',
  marks: { gapMs: 15_000 },
};

/** The nodes see each other and keep their primary: nobody can write until the way is open again. */
export const cutOff: Run = { ...about, done: `${CUT_SECONDS} s`, fronts: true, short: false, run };

async function run(world: World, { workers, seconds: around }: Extent) {
  const load = await underLoad(world, workers, async () => {
    await seconds(around / 2);
    const { front } = await world.set.primary();
    front?.cut();
    await seconds(CUT_SECONDS);
    front?.mend();
    await seconds(around / 2);
  });
  return figuresOf({ ...about, done: `${CUT_SECONDS} s` }, world, [load]);
}
