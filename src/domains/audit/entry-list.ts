import { type Filter, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { Edge } from '../../platform/graphql/connection.ts';
import {
  beyond,
  type Page,
  type PageArgs,
  readCursor,
  readPageArgs,
  writeCursor,
} from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { AuditFilter } from '../../schema.types.ts';
import {
  ACTIONS,
  type AuditAction,
  type AuditEntry,
  collectionOf,
  RECORD_TYPES,
  type RecordType,
} from './collections.ts';
import { type Month, monthOf, monthsBack, startOf } from './months.ts';

/** The months of retention and the current one: what a page looks through at most, at a command a month. */
const MOST_MONTHS = 14;
const CURSOR = 'AUDIT';
const DAY_MS = 24 * 60 * 60 * 1000;
const LAST_ID = new ObjectId('f'.repeat(24));

type Position = Pick<AuditEntry, 'at' | '_id'>;

/** `stoppedAt` is where a page that is not full has stopped looking, to go on from there. */
export type AuditPage = Page<AuditEntry> & { stoppedAt: Position | null };
export type AuditEdge = Edge<AuditEntry>;

export type AuditArgs = Pick<PageArgs, 'first' | 'after'> & { filter?: AuditFilter | null | undefined };

/** Newest first, month by month; there is nothing from before the day the shop was `opened`. */
export async function listEntries(
  db: TenantDb,
  { filter, ...args }: AuditArgs,
  opened: Date,
): Promise<AuditPage> {
  const { size, cursor } = readPageArgs(args);
  const boundary = cursor === undefined ? undefined : positionOf(db, cursor);
  const wanted = readFilter(filter ?? {});
  const months = monthsOf(filter ?? {}, boundary, { now: db.now(), opened });
  const conditions = boundary
    ? { $and: [wanted, beyond('at', -1, { value: boundary.at, id: boundary._id })] }
    : wanted;
  const sought = months.slice(0, MOST_MONTHS);
  const found = await findIn(db, sought, conditions, size + 1);
  const stoppedAt = found.length > size ? null : lastPosition(sought, months);
  return {
    rows: found.slice(0, size),
    hasNextPage: found.length > size || stoppedAt !== null,
    hasPreviousPage: boundary !== undefined,
    cursorOf: ({ at, _id }: Position) => writeCursor(db, CURSOR, at, _id),
    stoppedAt,
  };
}

/** Reads no month more than it takes to have `limit` entries. */
async function findIn(db: TenantDb, months: Month[], conditions: Filter<AuditEntry>, limit: number) {
  const found: AuditEntry[] = [];
  for (const month of months) {
    const window = { sort: { at: -1, _id: -1 } as const, limit: limit - found.length };
    found.push(...(await db.collection(collectionOf(month)).find(conditions, window)));
    if (found.length === limit) break;
  }
  return found;
}

function positionOf(db: TenantDb, cursor: string): Position {
  const { value, id } = readCursor(db, CURSOR, cursor, 'after');
  if (!(value instanceof Date)) throw new Error('A cursor of the audit carries a moment');
  return { at: value, _id: id };
}

/** Just before the earliest month that was looked through, where there are earlier ones. */
function lastPosition(sought: Month[], all: Month[]): Position | null {
  const last = sought.at(-1);
  if (last === undefined || sought.length === all.length) return null;
  return { at: new Date(startOf(last).getTime() - 1), _id: LAST_ID };
}

/** From the newest month that can have what is wanted back to the oldest. Clocks of two machines may differ a little. */
function monthsOf({ from, to }: AuditFilter, boundary: Position | undefined, { now, opened }: Span): Month[] {
  const latest = [now, to, boundary?.at].filter((at) => at != null).map(monthOf);
  const earliest = [new Date(opened.getTime() - DAY_MS), from].filter((at) => at != null).map(monthOf);
  return monthsBack(Math.min(...latest), Math.max(...earliest));
}

type Span = { now: Date; opened: Date };

function readFilter({ actor, recordType, recordId, action, from, to }: AuditFilter): Filter<AuditEntry> {
  if (from && to && from >= to) throw badInput('from is a moment before to', 'filter.to');
  return {
    ...(actor != null && { actor }),
    ...(recordId != null && { 'record.id': recordId }),
    ...kinds(recordType == null ? null : readType(recordType), action ?? null),
    ...((from || to) && { at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
}

/** The index on both serves a filter on either, when every value of the other is named. */
function kinds(type: RecordType | null, action: string | null): Filter<AuditEntry> {
  if (type === null && action === null) return {};
  return {
    'record.type': type ?? { $in: [...RECORD_TYPES] },
    action: action === null ? { $in: [...ACTIONS] } : (action.toLowerCase() as AuditAction),
  };
}

function readType(asked: string): RecordType {
  const known = RECORD_TYPES.find((type) => type === asked);
  if (known) return known;
  throw badInput(
    `There are no records of the type "${asked.slice(0, 50)}"; there are ${RECORD_TYPES.join(', ')}`,
    'filter.recordType',
  );
}
