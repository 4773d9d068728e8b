import { type Db, type Document, MongoServerError } from 'mongodb';
import { type DeclaredCollection, indexesOf, validatorOf } from './collection.ts';
import { fencedBy, fenceOf } from './fence.ts';
import { systemComment } from './guard.ts';
import { canonical, describeIndex, type ExistingIndex, type IndexStep, planIndexes } from './index-plan.ts';

const NAMESPACE_NOT_FOUND = 26;
/** For the checks before and while serving, which must not hang. */
const CHECK_MS = 2_000;
const AT_ONCE = 8;
const comment = systemComment('compare the declared collections and indexes with those that are there');

export type Step =
  | { action: 'create'; options: Document }
  | { action: 'options'; options: Document; differences: string[] }
  | IndexStep;

/** What a collection needs to be as declared; `extra` indexes are declared nowhere. */
export type CollectionPlan = { collection: string; steps: Step[]; extra: ExistingIndex[] };

/** Compares all declared collections with the database, and changes nothing. */
export async function planCollections(db: Db, declared: DeclaredCollection[]): Promise<CollectionPlan[]> {
  const listed = await db.listCollections({ type: 'collection' }, { comment }).toArray();
  const options = new Map<string, Document>(
    listed.map((info) => [info.name, 'options' in info ? (info.options ?? {}) : {}]),
  );
  const fence = fenceIn([...options.values()]);
  return fewAtOnce(declared, async (collection) => {
    const { steps, extra } = planIndexes(indexesOf(collection), await listIndexes(db, collection.name));
    return {
      collection: collection.name,
      steps: [...optionSteps(collection, options.get(collection.name), fence), ...steps],
      extra,
    };
  });
}

/** There are more collections than a client has connections, and requests wait for those too. */
async function fewAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE)
    done.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))));
  return done;
}

/** Whom the other collections refuse, a new one refuses as well, and one that changes goes on doing so. */
const fenceIn = (options: Document[]): Document => {
  const fenced = options.flatMap(({ validator }) => fencedBy(validator));
  return fenceOf([...new Map(fenced.map((id) => [id.toHexString(), id])).values()]);
};

const declaredOptions = (collection: DeclaredCollection, fence: Document): Document => ({
  validator: { ...validatorOf(collection), ...(collection.scope === 'tenant' && fence) },
  ...collection.options,
});

function optionSteps(
  collection: DeclaredCollection,
  existing: Document | undefined,
  fence: Document,
): Step[] {
  const options = declaredOptions(collection, fence);
  if (!existing) return [{ action: 'create', options }];
  const differences = Object.keys(options).filter(
    (name) => canonical(existing[name]) !== canonical(options[name]),
  );
  const lax = ['validationLevel', 'validationAction'].filter((name) => !isDefault(name, existing[name]));
  if (differences.length + lax.length === 0) return [];
  const strict = { validationLevel: 'strict', validationAction: 'error' };
  return [{ action: 'options', options: { ...options, ...strict }, differences: [...differences, ...lax] }];
}

const isDefault = (name: string, value: unknown) =>
  value === undefined || value === (name === 'validationLevel' ? 'strict' : 'error');

async function listIndexes(db: Db, name: string): Promise<ExistingIndex[]> {
  const cursor = db.collection(name).listIndexes({ comment, maxTimeMS: CHECK_MS });
  const none = (error: unknown) => {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  };
  return (await cursor.toArray().catch(none)) as ExistingIndex[];
}

/**
 * One line for each declared index that is not there, or not as declared; the API does not start with any. It costs
 * one small command a collection. Validators and undeclared indexes are no reason not to serve.
 */
export async function missingIndexes(db: Db, declared: DeclaredCollection[]): Promise<string[]> {
  const missing = await fewAtOnce(declared, async (collection) => {
    const { steps } = planIndexes(indexesOf(collection), await listIndexes(db, collection.name));
    return steps.map((step) => `${collection.name} ${describeIndex(step.index)}${otherwise(step)}`);
  });
  return missing.flat();
}

const otherwise = (step: IndexStep) =>
  step.action === 'build' ? '' : ` (${step.existing} is there, but ${step.differences.join('; ')})`;
