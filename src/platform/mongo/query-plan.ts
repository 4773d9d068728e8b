import type { Db, Document } from 'mongodb';
import type { CommandNote } from './command-log.ts';
import { systemComment } from './guard.ts';

const EXPLAIN_MS = 1_000;
const REASON = systemComment('how a slow query was answered');

/** How mongod would answer a query now, such as `FETCH ← IXSCAN tenantId_1_slug_1`; null for what it cannot say. */
export async function explainedPlan(db: Db, note: CommandNote): Promise<string | null> {
  const command = commandOf(note);
  if (!command) return null;
  const explain = { ...command, comment: REASON };
  const answer = await db.command({ explain, verbosity: 'queryPlanner', maxTimeMS: EXPLAIN_MS });
  const stages = [...stagesIn(answer)];
  return stages.length > 0 ? stages.join(' ← ') : null;
}

/** What is changed is found as what is read is. */
function commandOf({ collection, query: { filter, sort, pipeline } }: CommandNote): Document | null {
  if (pipeline) return { aggregate: collection, pipeline, cursor: {} };
  return filter ? { find: collection, filter, ...(sort !== undefined && { sort }) } : null;
}

const MOST_STAGES = 12;

/** The stages of plans that won, outermost first. */
function* stagesIn(value: unknown, left = { stages: MOST_STAGES }): Generator<string> {
  if (typeof value !== 'object' || value === null || left.stages <= 0) return;
  const { stage, indexName } = value as { stage?: unknown; indexName?: unknown };
  if (typeof stage === 'string') {
    left.stages -= 1;
    yield typeof indexName === 'string' ? `${stage} ${indexName}` : stage;
  }
  for (const [name, below] of Object.entries(value))
    if (PLANS.has(name) || /^\d+$/.test(name)) yield* stagesIn(below, left);
}

const PLANS = new Set([
  ...['queryPlanner', 'winningPlan', 'queryPlan', 'inputStage', 'inputStages'],
  ...['stages', '$cursor', 'shards', 'thenStage', 'elseStage', 'outerStage', 'innerStage'],
]);
