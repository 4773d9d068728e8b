import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Db,
  type Document,
  MongoBulkWriteError,
  MongoServerError,
  type ObjectId,
  type WriteError,
} from 'mongodb';
import { defineCollection, isTenantCollection } from './collection.ts';
import { systemComment } from './guard.ts';
import { object } from './schema.ts';

/**
 * A database refuses what is written of a tenant that does not live there: its validators say so, so that not even a
 * process that was asleep while the tenant moved can write to where nobody looks any more. MongoDB validates inserts and
 * updates. What only deletes has to insert something in its transaction: that is what write_marks are for, and nothing
 * stays in there.
 */

const REFUSED = 121;
const [TIME_OVER, LOCK_BUSY] = [50, 24];
/** All that use a collection wait behind whoever wants to change its validator. */
const TURN_MS = 300;
const PAUSE_MS = 100;
const PATIENCE_MS = 15_000;
const AT_ONCE = 4;
const comment = systemComment('a tenant lives in another database');

export const writeMarks = defineCollection<{ _id: ObjectId; tenantId: ObjectId }>(
  'write_marks',
  object({}),
  [],
);

/** The tenants whose documents a collection refuses, out of its validator. */
export const fencedBy = (validator: Document | undefined): ObjectId[] => validator?.tenantId?.$nin ?? [];

/** In one order, so that two that say the same are the same. */
export const fenceOf = (tenants: readonly ObjectId[]): Document =>
  tenants.length === 0 ? {} : { tenantId: { $nin: [...tenants].sort(byHex) } };

const byHex = (a: ObjectId, b: ObjectId) => (a.toHexString() < b.toHexString() ? -1 : 1);

/** Whether a write was refused because its tenant does not live there (any more), and not for what it says. */
export function isFenced(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError)
    return [error.writeErrors].flat().some(({ code, err }) => code === REFUSED && saysFence(infoOf(err)));
  return error instanceof MongoServerError && error.code === REFUSED && saysFence(error.errInfo);
}

const infoOf = (error: unknown): unknown => (error as Partial<WriteError> & { errInfo?: unknown }).errInfo;

type Clause = { details?: { operatorName?: string; specifiedAs?: Document } };

function saysFence(info: unknown): boolean {
  const details = (info as { details?: Clause['details'] & { clausesNotSatisfied?: Clause[] } })?.details;
  const clauses: Clause[] = details?.clausesNotSatisfied ?? (details ? [{ details }] : []);
  return clauses.some(
    ({ details: one }) => one?.operatorName === '$nin' && one.specifiedAs?.tenantId !== undefined,
  );
}

/**
 * From its end on, nothing of the tenant is written in this database, and what was being written is committed: to change a
 * validator, MongoDB waits for each transaction that has written to the collection.
 */
export const raiseFence = (db: Db, tenantId: ObjectId): Promise<void> =>
  changeFences(db, (fenced) => [...fenced.filter((id) => !id.equals(tenantId)), tenantId]);

export const lowerFence = (db: Db, tenantId: ObjectId): Promise<void> =>
  changeFences(db, (fenced) => fenced.filter((id) => !id.equals(tenantId)));

/** Tenant collections of a database that do not refuse a tenant. */
export const unfenced = async (db: Db, tenantId: ObjectId): Promise<string[]> =>
  (await validators(db)).flatMap(({ name, validator }) =>
    fencedBy(validator).some((id) => id.equals(tenantId)) ? [] : [name],
  );

async function changeFences(db: Db, change: (fenced: ObjectId[]) => ObjectId[]): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  const todo = (await validators(db)).filter(
    ({ validator }) => change(fencedBy(validator)).length !== fencedBy(validator).length,
  );
  const work = async () => {
    for (let one = todo.pop(); one; one = todo.pop()) {
      const { tenantId: _, ...declared } = one.validator;
      const validator = { ...declared, ...fenceOf(change(fencedBy(one.validator))) };
      await inTurn(() => db.command({ collMod: one.name, validator, maxTimeMS: TURN_MS, comment }), until);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** In short turns: whoever waits for its turn keeps others from theirs. */
async function inTurn(work: () => Promise<unknown>, until: number): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      const busy = error instanceof MongoServerError && [TIME_OVER, LOCK_BUSY].includes(Number(error.code));
      if (!busy || Date.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function validators(db: Db): Promise<{ name: string; validator: Document }[]> {
  const listed = await db.listCollections({ type: 'collection' }, { comment }).toArray();
  return listed
    .filter(({ name }) => isTenantCollection(name))
    .map((info) => ({ name: info.name, validator: ('options' in info && info.options?.validator) || {} }));
}
