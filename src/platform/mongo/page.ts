import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Document, ObjectId } from 'mongodb';
import { badInput } from '../errors.ts';
import { LIMITS } from '../limits/limits.ts';
import type { TenantDb } from './tenant-db.ts';

export const MAX_PAGE = LIMITS.pageRows;
const DEFAULT_PAGE = LIMITS.defaultPageRows;
const SIGNATURE_BYTES = 9;

export type PageArgs = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

export type CursorValue = string | number | Date;

/** An order of rows that no insert or delete disturbs: one never-null path, then _id in the same direction. */
export type Keyset<T> = {
  /** Unique among the orders of a list; a cursor of another order is refused. */
  name: string;
  path: string;
  direction: 1 | -1;
  valueOf: (row: T) => CursorValue;
};

/**
 * What to ask the database for: one row more than the page, so that the end shows. The filter goes beside the list's
 * own in `$and`, for both may name the same path.
 */
export type Window = { filter: Document; sort: Record<string, 1 | -1>; limit: number };

export type Page<T> = {
  rows: T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  cursorOf: (row: T) => string;
};

/** One page of a list, from either end, after or before a cursor. */
export async function findPage<T extends { _id: ObjectId }>(
  db: TenantDb,
  args: PageArgs,
  keyset: Keyset<T>,
  find: (window: Window) => Promise<T[]>,
): Promise<Page<T>> {
  const { size, backwards, cursor } = readPageArgs(args);
  const boundary =
    cursor === undefined ? undefined : readCursor(db, keyset.name, cursor, backwards ? 'before' : 'after');
  const direction = backwards ? flip(keyset.direction) : keyset.direction;
  const found = await find({
    filter: boundary ? beyond(keyset.path, direction, boundary) : {},
    sort: { [keyset.path]: direction, _id: direction },
    limit: size + 1,
  });
  const more = found.length > size;
  const rows = found.slice(0, size);
  return {
    rows: backwards ? rows.reverse() : rows,
    hasNextPage: backwards ? boundary !== undefined : more,
    hasPreviousPage: backwards ? more : boundary !== undefined,
    cursorOf: (row) => writeCursor(db, keyset.name, keyset.valueOf(row), row._id),
  };
}

const flip = (direction: 1 | -1): 1 | -1 => (direction === 1 ? -1 : 1);

export function readPageArgs({ first, after, last, before }: PageArgs) {
  if (first != null && last != null) throw badInput('Give first or last, not both', 'last');
  if (after != null && last != null) throw badInput('after goes with first, before goes with last', 'after');
  if (before != null && last == null)
    throw badInput('before goes with last: how many rows before the cursor?', 'before');
  const backwards = last != null;
  const size = last ?? first ?? DEFAULT_PAGE;
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    throw badInput(`A page has 1 to ${MAX_PAGE} rows, not ${size}`, backwards ? 'last' : 'first');
  }
  return { size, backwards, cursor: (backwards ? before : after) ?? undefined };
}

type Boundary = { value: CursorValue; id: ObjectId };

/** The rows past the boundary. The range on the path alone repeats what $or says, as bounds for the index. */
export function beyond(path: string, direction: 1 | -1, { value, id }: Boundary): Document {
  const past = direction === 1 ? '$gt' : '$lt';
  return {
    [path]: { [`${past}e`]: value },
    $or: [{ [path]: { [past]: value } }, { [path]: value, _id: { [past]: id } }],
  };
}

export function writeCursor(db: TenantDb, name: string, value: CursorValue, id: ObjectId): string {
  const stored = value instanceof Date ? { ms: value.getTime() } : value;
  const body = Buffer.from(JSON.stringify([name, stored, id.toHexString()])).toString('base64url');
  return `${body}.${signature(db, body)}`;
}

/** Only cursors that this database made, for this tenant, are read again. */
export function readCursor(db: TenantDb, name: string, cursor: string, argument: string): Boundary {
  const dot = cursor.indexOf('.');
  const body = cursor.slice(0, dot);
  const right = Buffer.from(signature(db, body));
  const given = Buffer.from(cursor.slice(dot + 1));
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw badInput(
      `This is not a cursor of this list: give ${argument} a cursor that a page of it answered`,
      argument,
    );
  }
  const [madeFor, value, id] = JSON.parse(Buffer.from(body, 'base64url').toString());
  if (madeFor !== name) {
    throw badInput(
      `This cursor is of a list sorted by ${madeFor}, not ${name}: keep the sort while paging`,
      argument,
    );
  }
  return { value: typeof value === 'object' ? new Date(value.ms) : value, id: new ObjectId(id as string) };
}

const signature = (db: TenantDb, body: string) =>
  createHmac('sha256', db.cursorKey)
    .update(db.tenantId.id)
    .update(body)
    .digest()
    .subarray(0, SIGNATURE_BYTES)
    .toString('base64url');
