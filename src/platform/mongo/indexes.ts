import { type Db, type Document, MongoServerError } from 'mongodb';
import type { DeclaredCollection } from './collection.ts';
import { type CollectionPlan, planCollections, type Step } from './collection-plan.ts';
import { systemComment } from './guard.ts';
import { type BuildFailure, type BuildOptions, buildIndexes } from './index-build.ts';
import { describeIndex } from './index-plan.ts';

const NAMESPACE_EXISTS = 48;
const INDEX_NOT_FOUND = 27;
const comment = systemComment('bring collections and indexes to what is declared');

/** A step that was tried, and why it failed where it did. */
export type Outcome = Step & { failure?: Pick<BuildFailure, 'reason' | 'duplicates'> };
export type CollectionOutcome = { collection: string; outcomes: Outcome[]; dropped: string[] };

export type ApplyOptions = BuildOptions & {
  dropExtra?: boolean;
  onDone?: (collection: string, outcome: Outcome) => void;
};

/**
 * Brings every collection to what is declared, one after the other. What fails is answered, and nothing is dropped
 * for it; an undeclared index is dropped only on demand, and only where everything declared is there.
 */
export async function applyIndexes(
  db: Db,
  declared: DeclaredCollection[],
  options: ApplyOptions = {},
): Promise<CollectionOutcome[]> {
  const results: CollectionOutcome[] = [];
  for (const plan of await planCollections(db, declared)) results.push(await applyPlan(db, plan, options));
  return results;
}

async function applyPlan(db: Db, { collection, steps, extra }: CollectionPlan, options: ApplyOptions) {
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    options.onDone?.(collection, outcome);
  };
  for (const step of steps.filter(({ action }) => action === 'create' || action === 'options')) {
    note(await attempt(step, () => applyOptions(db, collection, step)));
  }
  for (const outcome of await build(db, collection, steps, options)) note(outcome);
  for (const step of steps) {
    if (step.action === 'replace') note(await replace(db, collection, step, options));
    if (step.action === 'alter') {
      const change = { collMod: collection, index: { name: step.existing, ...step.change }, comment };
      note(await attempt(step, () => db.command(change)));
    }
    if (step.action === 'blocked') note({ ...step, failure: blocked(collection, step) });
  }
  const complete = outcomes.every(({ failure }) => !failure);
  const names = options.dropExtra && complete ? extra.map(({ name }) => name) : [];
  for (const name of names) await dropIndex(db, collection, name);
  return { collection, outcomes, dropped: names };
}

async function build(db: Db, collection: string, steps: Step[], options: ApplyOptions): Promise<Outcome[]> {
  const missing = steps.flatMap((step) => (step.action === 'build' ? [step] : []));
  const failures = await buildIndexes(
    db,
    collection,
    missing.map(({ index }) => index),
    options,
  );
  return missing.map((step) => withFailure(step, failures));
}

/** Never a moment without: the old index goes once the new one stands. */
async function replace(
  db: Db,
  collection: string,
  step: Step & { action: 'replace' },
  options: ApplyOptions,
): Promise<Outcome> {
  const failures = await buildIndexes(db, collection, [{ ...step.index, name: step.as }], options);
  if (failures.length === 0) await dropIndex(db, collection, step.existing);
  return withFailure(step, failures);
}

function withFailure(step: Step & { action: 'build' | 'replace' }, failures: BuildFailure[]): Outcome {
  const names = [step.index.name, step.action === 'replace' && step.as];
  const failure = failures.find(({ index }) => names.includes(index.name));
  return failure ? { ...step, failure } : step;
}

const blocked = (collection: string, { index, existing, differences }: Step & { action: 'blocked' }) => ({
  reason:
    `${describeIndex(index)} cannot be built beside ${existing}, which differs: ${differences.join('; ')}. ` +
    `At a quiet moment drop that one, db.${collection}.dropIndex(${JSON.stringify(existing)}), and run this again`,
  duplicates: [],
});

async function attempt(step: Step, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return step;
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    return { ...step, failure: { reason: error.message, duplicates: [] } };
  }
}

async function applyOptions(db: Db, collection: string, step: Step): Promise<void> {
  if (step.action === 'create') {
    const created = await unlessCode(NAMESPACE_EXISTS, () =>
      db.command({ create: collection, ...step.options, comment }),
    );
    if (created) return;
  }
  // Another run made it a moment ago: then it gets the same options once more.
  if ('options' in step) await db.command({ collMod: collection, ...step.options, comment });
}

const dropIndex = (db: Db, collection: string, name: string) =>
  unlessCode(INDEX_NOT_FOUND, () => db.command({ dropIndexes: collection, index: name, comment }));

/** Whether it was done; an error with this code says that somebody else has done it. */
async function unlessCode(code: number, work: () => Promise<Document>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === code) return false;
    throw error;
  }
}
