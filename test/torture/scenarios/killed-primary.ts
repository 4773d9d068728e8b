import { figuresOf } from '../figures.ts';
import { seconds, underLoad } from '../load.ts';
import type { Node } from '../node-set.ts';
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
  let dead: Node | undefined;
  const bringBack = async () => {
    if (!dead) return;
    await world.set.restart(dead);
    await world.set.whole();
  };
  const load = await underLoad(world, workers, async () => {
    for (let i = 0; i < times; i++) {
      await bringBack();
      await seconds(around / 2);
      dead = await world.set.primary();
      await dead.process.kill();
      await world.set.primary();
      await seconds(around / 2);
    }
  });
  await bringBack();
  return figuresOf({ ...about, done: `${times} ×` }, world, [load]);
}
