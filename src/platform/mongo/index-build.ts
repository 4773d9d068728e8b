import { type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { type Duplicate, findDuplicates } from './duplicates.ts';
import { systemComment } from './guard.ts';
import { withRetry } from './retry.ts';

const DUPLICATE_KEY = 11000;
const PROGRESS_AFTER_MS = 2_000;
const PROGRESS_EVERY_MS = 1_000;
const comment = systemComment('create declared indexes');

export type BuildFailure = { index: IndexDescription; reason: string; duplicates: Duplicate[] };
export type BuildProgress = {
  collection: string;
  indexes: string[];
  phase: string;
  done: number;
  total: number;
};
export type BuildOptions = { onProgress?: (progress: BuildProgress) => void; progressAfterMs?: number };

/**
 * Builds all indexes of a collection in one pass and waits for it; answers those that could not be built. One that
 * fails takes the whole pass with it, so the others are built without it.
 */
export async function buildIndexes(
  db: Db,
  collection: string,
  indexes: IndexDescription[],
  options: BuildOptions = {},
): Promise<BuildFailure[]> {
  if (indexes.length === 0) return [];
  try {
    await watched(db, collection, indexes, options);
    return [];
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    const culprit = indexes.length === 1 ? indexes[0] : culpritOf(error, indexes);
    if (!culprit) return oneByOne(db, collection, indexes, options);
    const rest = indexes.filter((index) => index !== culprit);
    const failures = await buildIndexes(db, collection, rest, options);
    return [await failureOf(db, collection, culprit, error), ...failures];
  }
}

async function oneByOne(db: Db, collection: string, indexes: IndexDescription[], options: BuildOptions) {
  const failures: BuildFailure[] = [];
  for (const index of indexes) failures.push(...(await buildIndexes(db, collection, [index], options)));
  return failures;
}

/** mongod says in its text alone which index of several had the duplicate. */
function culpritOf({ code, message }: MongoServerError, indexes: IndexDescription[]) {
  if (code !== DUPLICATE_KEY) return undefined;
  return indexes.find(({ name }) => message.includes(` index: ${name} dup key`));
}

async function failureOf(db: Db, collection: string, index: IndexDescription, error: MongoServerError) {
  const duplicates = error.code === DUPLICATE_KEY ? await findDuplicates(db, collection, index) : [];
  return { index, reason: error.message, duplicates };
}

/** Building again what is built, or being built, only waits for it: so a lost connection costs nothing but time. */
async function watched(db: Db, collection: string, indexes: IndexDescription[], options: BuildOptions) {
  const command = { createIndexes: collection, indexes, comment, writeConcern: { w: 'majority' } };
  const stop = watchProgress(db, collection, indexes, options);
  try {
    await withRetry(() => db.command(command), Number.POSITIVE_INFINITY);
  } finally {
    await stop();
  }
}

function watchProgress(
  db: Db,
  collection: string,
  indexes: IndexDescription[],
  { onProgress, progressAfterMs = PROGRESS_AFTER_MS }: BuildOptions,
) {
  if (!onProgress) return async () => {};
  let looking: Promise<void> = Promise.resolve();
  const names = indexes.map(({ name }) => String(name));
  const look = () => {
    looking = findProgress(db, collection).then((found) => {
      onProgress({ collection, indexes: names, ...found });
      timer = setTimeout(look, PROGRESS_EVERY_MS);
    });
  };
  let timer = setTimeout(look, progressAfterMs);
  return async () => {
    clearTimeout(timer);
    await looking;
    clearTimeout(timer);
  };
}

const UNKNOWN = { phase: 'building', done: 0, total: 0 };

/** Progress is a comfort: without the right to see other operations, only the time passes. */
async function findProgress(
  db: Db,
  collection: string,
): Promise<Omit<BuildProgress, 'collection' | 'indexes'>> {
  const building = { 'command.createIndexes': collection, 'command.$db': db.databaseName };
  const admin = db.client.db('admin');
  const [operation] = await admin
    .aggregate([{ $currentOp: {} }, { $match: { ...building, progress: { $exists: true } } }])
    .toArray()
    .catch(() => []);
  if (!operation) return UNKNOWN;
  const [phase = ''] = String(operation.msg)
    .replace('Index Build: ', '')
    .split(/[:,] ?Index Build|: \d/);
  return { phase, done: Number(operation.progress.done), total: Number(operation.progress.total) };
}
