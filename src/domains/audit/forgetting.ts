import type { Filter, ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type AuditEntry, collectionOf } from './collections.ts';
import { monthOf, monthsBack } from './months.ts';

/** Stands in the audit where somebody asked to be forgotten. */
const FORGOTTEN = '[forgotten]';

/** What was done by somebody; on one record alone where it is named. */
type Doings = { actor: string | null; recordId?: ObjectId };

/** Entries say no longer from where something was done. `since`: there are none from before. */
export function forgetOrigins(tx: TenantDb, { actor, recordId }: Doings, since: Date): Promise<void> {
  const done = { actor, ...(recordId && { 'record.id': String(recordId) }) };
  return inMonths(tx, since, done, { $set: { ip: null, userAgent: null } });
}

/**
 * Entries about a record say no longer what these fields of it were, only that they changed. `paths` are names of
 * fields; what is inside one of them goes too.
 */
export function forgetValues(
  tx: TenantDb,
  recordId: ObjectId,
  paths: readonly string[],
  since: Date,
): Promise<void> {
  const isMeant = {
    $regexMatch: { input: '$$change.path', regex: `^(?:${paths.map(escaped).join('|')})(?:[.[]|$)` },
  };
  const forgotten = (name: 'before' | 'after') => ({
    $cond: [{ $eq: [{ $type: `$$change.${name}` }, 'missing'] }, '$$REMOVE', FORGOTTEN],
  });
  const masked = { path: '$$change.path', before: forgotten('before'), after: forgotten('after') };
  const change = { $cond: [isMeant, masked, '$$change'] };
  return inMonths(tx, since, { 'record.id': String(recordId) }, [
    { $set: { changes: { $map: { input: '$changes', as: 'change', in: change } } } },
  ]);
}

const escaped = (path: string) => path.replaceAll('.', '\\.');

async function inMonths(
  tx: TenantDb,
  since: Date,
  filter: Filter<AuditEntry>,
  update: Parameters<ReturnType<typeof entriesOf>['updateMany']>[1],
): Promise<void> {
  for (const month of monthsSince(tx, since)) await entriesOf(tx, month).updateMany(filter, update);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A clock that is a little behind may have put an entry into the month before. */
const monthsSince = (db: TenantDb, since: Date) =>
  monthsBack(monthOf(db.now()), monthOf(new Date(since.getTime() - DAY_MS)));

const entriesOf = (tx: TenantDb, month: number) => tx.collection(collectionOf(month));

/** What somebody did, and what was done to their account, newest month first. */
export async function* entriesOfPerson(db: TenantDb, userId: ObjectId, since: Date) {
  const theirs = { $or: [{ actor: `user:${userId}` }, { 'record.id': String(userId) }] };
  for (const month of monthsSince(db, since)) yield* entriesOf(db, month).scan(theirs);
}
