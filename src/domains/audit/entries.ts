import { isDeepStrictEqual } from 'node:util';
import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { auditMonth } from './collections.ts';

/** `before` is null for a new record, `after` for one that is gone. */
export type Change = {
  type: string;
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
]);
const SECRET = /password|hash|token|secret/i;

/** Writes down who changed what, in the transaction of the change; nothing when no audited field changed. */
export async function recordChange(tx: TenantDb, { type, id, before, after }: Change): Promise<void> {
  const changed = changedFields(before ?? {}, after ?? {});
  if (before && after && changed.length === 0) return;
  const at = tx.now();
  await tx.collection(auditMonth(at)).insertOne({
    _id: new ObjectId(),
    at,
    action: before === null ? 'insert' : after === null ? 'delete' : 'update',
    record: { type, id: String(id) },
    before: pick(before, changed),
    after: pick(after, changed),
    ...tx.origin,
  });
}

function changedFields(before: object, after: object): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter(
    (name) => !NOT_AUDITED.has(name) && !isDeepStrictEqual(fieldOf(before, name), fieldOf(after, name)),
  );
}

const fieldOf = (record: object, name: string): unknown => (record as Record<string, unknown>)[name];

const pick = (record: object | null, names: string[]): Record<string, unknown> =>
  record === null
    ? {}
    : Object.fromEntries(
        names.map((name) => [name, SECRET.test(name) ? '[redacted]' : fieldOf(record, name)]),
      );
