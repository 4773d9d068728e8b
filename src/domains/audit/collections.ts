import type { ObjectId } from 'mongodb';
import { type CollectionDefinition, defineCollection } from '../../platform/mongo/collection.ts';
import { date, nullable, object, text } from '../../platform/mongo/schema.ts';

export type AuditAction = 'insert' | 'update' | 'delete';

/** One change of one record: who, from where, and only the fields that changed. */
export type AuditEntry = {
  _id: ObjectId;
  tenantId: ObjectId;
  at: Date;
  actor: string | null;
  action: AuditAction;
  /** What kind of record, such as "product", and its id. */
  record: { type: string; id: string };
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
};

const PREFIX = 'audit_logs_';
const months = new Map<string, CollectionDefinition<AuditEntry>>();

/** The collection of the month (UTC) that a moment is in. */
export function auditMonth(at: Date): CollectionDefinition<AuditEntry> {
  const name = PREFIX + at.toISOString().slice(0, 7).replace('-', '_');
  const known = months.get(name) ?? defineMonth(name);
  months.set(name, known);
  return known;
}

const defineMonth = (name: string) =>
  defineCollection<AuditEntry>(
    name,
    object({
      at: date,
      actor: nullable(text),
      action: { enum: ['insert', 'update', 'delete'] },
      record: object({ type: text, id: text }),
      before: { bsonType: 'object' },
      after: { bsonType: 'object' },
      requestId: nullable(text),
      ip: nullable(text),
      userAgent: nullable(text),
    }),
    [
      { key: { at: -1, _id: -1 } },
      { key: { 'record.type': 1, 'record.id': 1, at: -1, _id: -1 } },
      { key: { actor: 1, at: -1, _id: -1 } },
    ],
  );
