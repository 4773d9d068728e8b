import { LRUCache } from 'lru-cache';
import type { Log } from '../log.ts';
import type { CommandNote } from '../mongo/command-log.ts';
import { shapeOf } from './query-shape.ts';
import type { RequestRecord } from './record.ts';

/** Asks mongod how it answers such a query. */
export type Explain = (note: CommandNote) => Promise<string | null>;

const MOST_COMMANDS = 5;
const MOST_SHAPES = 200;
/** A plan changes seldom; of the queries of one shape, one is explained in this time. */
const PLAN_MS = 10 * 60_000;
/** Of slow operations that come while so many are being looked into, only the request's line is written. */
const MOST_AT_ONCE = 5;

/** Logs which commands a slow operation waited for, what they looked for and by which plan; after its answer is sent. */
export function slowOperations(log: Log, explain: Explain) {
  const plans = new LRUCache<string, string>({ max: MOST_SHAPES, ttl: PLAN_MS });
  let underway = 0;

  async function planOf(note: CommandNote, shape: string): Promise<string | null> {
    const known = plans.get(shape);
    if (known !== undefined) return known || null;
    const plan = await explain(note).catch(() => null);
    plans.set(shape, plan ?? '');
    return plan;
  }

  async function described(note: CommandNote) {
    const { collection, command, ms } = note;
    const shape = shapeOf(note.query);
    const plan = await planOf(note, JSON.stringify([collection, shape]));
    return { collection, command, ms: ms === null ? null : round(ms), ...shape, plan };
  }

  return async ({ commands, operation }: RequestRecord, line: object): Promise<void> => {
    if (commands.notes.length === 0 || underway >= MOST_AT_ONCE) return;
    underway += 1;
    try {
      const slowest = commands.notes.toSorted((a, b) => lasted(b) - lasted(a)).slice(0, MOST_COMMANDS);
      const waitedFor = [];
      for (const note of slowest) waitedFor.push(await described(note));
      log.warn({ ...line, slowest: waitedFor }, `slow operation: ${operation ?? 'none'}`);
    } finally {
      underway -= 1;
    }
  };
}

/** What never ended took longest. */
const lasted = ({ ms }: CommandNote) => ms ?? Number.POSITIVE_INFINITY;

export const round = (ms: number) => Math.round(ms * 100) / 100;
