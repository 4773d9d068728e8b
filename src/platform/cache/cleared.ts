import { defineEvent } from '../events/event.ts';

/** Somebody has the kept answers of a shop thrown away: every process hears of it as it hears of changes. */
export const cacheCleared = defineEvent<Record<string, never>>('cache.cleared', () => 'cache:answers');
