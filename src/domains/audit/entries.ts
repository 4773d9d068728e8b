import { ObjectId } from 'mongodb';
import type { NewDocument } from '../../platform/mongo/tenant-collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import {
  type AuditAction,
  type AuditEntry,
  auditMonth,
  type FieldChange,
  type RecordType,
} from './collections.ts';
import { type Difference, differencesOf } from './diff.ts';
import { shownValue } from './shown-value.ts';

/** `before` is null for a new record, `after` for one that is gone. */
export type Change = {
  type: RecordType;
  id: ObjectId | string;
  before: object | null;
  after: object | null;
};

/** Worked out from the rest of a document, or told by the entry itself. */
const NOT_AUDITED = new Set([
  '_id',
  'tenantId',
  'keys',
  'version',
  'createdAt',
  'updatedAt',
  'createdBy',
  'updatedBy',
  'categoryIds',
  'ancestorIds',
  'copiesDueSince',
  'pricing.since',
  'pricing.history',
  'soldRecently',
]);

/** An entry stays far below MongoDB's 16 MiB, whatever changed. */
const MOST_CHANGES = 250;
const LARGEST_ENTRY = 100_000;
const LARGEST_VALUE = 8_000;
const LONGEST_PATH = 500;

/** Writes down who changed what, in the transaction of the change; nothing when no audited field changed. */
export const recordChange = (tx: TenantDb, change: Change): Promise<void> => recordChanges(tx, [change]);

/** The same for many changes at once. */
export async function recordChanges(tx: TenantDb, changes: readonly Change[]): Promise<void> {
  const entries = changes.flatMap((change) => entryOf(tx, change));
  if (entries.length > 0) await tx.collection(auditMonth(tx.now())).insertMany(entries);
}

function entryOf(tx: TenantDb, { type, id, before, after }: Change): NewDocument<AuditEntry>[] {
  const differences = differencesOf(before ?? {}, after ?? {}, NOT_AUDITED);
  if (before && after && differences.length === 0) return [];
  const record = { type, id: String(id) };
  const action = actionOf(before, after);
  return [{ _id: new ObjectId(), at: tx.now(), action, record, ...withinBounds(differences), ...tx.origin }];
}

/** To people, what is marked as deleted is deleted, though it can come back. */
function actionOf(before: object | null, after: object | null): AuditAction {
  if (before === null) return 'insert';
  return after === null || (isDeleted(after) && !isDeleted(before)) ? 'delete' : 'update';
}

const isDeleted = (record: object) => 'isDeleted' in record && record.isDeleted === true;

/** Fields of the record itself come first: they are what is kept when a thousand variants changed with them. */
function withinBounds(differences: Difference[]): { changes: FieldChange[]; omitted: number } {
  const sorted = differences.toSorted((a, b) => depthOf(a) - depthOf(b));
  const changes: FieldChange[] = [];
  let left = LARGEST_ENTRY;
  for (const difference of sorted.slice(0, MOST_CHANGES)) {
    if (left <= 0) break;
    const { change, size } = shownChange(difference, Math.min(left, LARGEST_VALUE));
    changes.push(change);
    left -= size;
  }
  return { changes, omitted: differences.length - changes.length };
}

const depthOf = ({ path }: Difference) => path.split(/[.[]/, 4).length;

function shownChange(
  { path, before, after }: Difference,
  most: number,
): { change: FieldChange; size: number } {
  const [old, now] = [shownValue(before, most), shownValue(after, most)];
  const short = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH).toWellFormed()}…` : path;
  const change = {
    path: short,
    ...(before !== undefined && { before: old.value }),
    ...(after !== undefined && { after: now.value }),
    ...((old.cut || now.cut || short !== path) && { cut: true as const }),
  };
  return { change, size: old.size + now.size + Buffer.byteLength(short) };
}
