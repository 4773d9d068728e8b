import type { Figures, Scenario } from '../figures.ts';
import type { World } from '../world.ts';

export type Extent = {
  workers: number;
  /** How long buyers go on around each fault. */
  seconds: number;
  /** A quarter of an hour's patience is not asked of CI: fewer faults, and no waiting for times to be over. */
  short: boolean;
};

export type Run = Scenario & {
  /** Whether the API has to be cut off, for which its connections go through something that can do so. */
  fronts?: true;
  /** Whether it is part of the short run. */
  short: boolean;
  run: (world: World, extent: Extent) => Promise<Figures>;
};
