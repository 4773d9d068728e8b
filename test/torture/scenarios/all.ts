import { cutOff } from './cut-off.ts';
import { failPoints } from './fail-points.ts';
import { flashSale } from './flash-sale.ts';
import { frozenPrimary } from './frozen-primary.ts';
import { killedApi } from './killed-api.ts';
import { killedPrimary } from './killed-primary.ts';
import { redisAway } from './redis-away.ts';
import type { Run } from './scenario.ts';

/** Those that need another kind of set come last. */
export const SCENARIOS: readonly Run[] = [
  killedPrimary,
  frozenPrimary,
  failPoints,
  flashSale,
  redisAway,
  killedApi,
  cutOff,
];
