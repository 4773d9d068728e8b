import type { Figures } from './figures.ts';
import type { Extent, Run } from './scenarios/scenario.ts';
import { type Binaries, openWorld, revive, type World } from './world.ts';

export type TortureOptions = Extent & {
  scenarios: readonly Run[];
  binaries: Binaries;
  /** Hears what is under way. */
  onStep: (line: string) => void;
};

/** Plays the scenarios one after the other, on servers of their own; `isFine` says whether the logs may go. */
export async function torture(
  options: TortureOptions,
  isFine: (figures: Figures) => boolean,
): Promise<Figures[]> {
  const [direct, fronted] = [false, true].map((fronts) =>
    options.scenarios.filter((scenario) => (scenario.fronts ?? false) === fronts),
  );
  return [
    ...(await onOneWorld(direct ?? [], false, options, isFine)),
    ...(await onOneWorld(fronted ?? [], true, options, isFine)),
  ];
}

async function onOneWorld(
  scenarios: Run[],
  fronts: boolean,
  options: TortureOptions,
  isFine: (figures: Figures) => boolean,
): Promise<Figures[]> {
  if (scenarios.length === 0) return [];
  const { binaries, onStep } = options;
  onStep('starting three mongods, Redis and two processes of the API');
  const world = await openWorld({ binaries, fronts });
  const all: Figures[] = [];
  try {
    for (const scenario of scenarios) all.push(await play(scenario, world, options));
  } finally {
    const keep = all.length < scenarios.length || !all.every(isFine);
    await world.close(keep);
    if (keep) onStep(`the logs are in ${world.folder}`);
  }
  return all;
}

async function play(scenario: Run, world: World, options: TortureOptions): Promise<Figures> {
  options.onStep(scenario.title);
  await revive(world);
  const begun = Date.now();
  const figures = await scenario.run(world, options);
  const took = ((Date.now() - begun) / 1_000).toFixed(0);
  options.onStep(
    `  ${figures.orders} orders in ${took} s; nothing left to do ${(figures.settledMs / 1_000).toFixed(1)} s after the load`,
  );
  return figures;
}
