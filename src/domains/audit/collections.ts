import type { ObjectId } from 'mongodb';
import {
  type CollectionDefinition,
  defineCollection,
  defineSeries,
} from '../../platform/mongo/collection.ts';
import { anyOf, count, date, list, nullable, object, text } from '../../platform/mongo/schema.ts';
import { type Month, monthOf, monthText, readMonth } from './months.ts';

export const ACTIONS = ['insert', 'update', 'delete'] as const;
export type AuditAction = (typeof ACTIONS)[number];

/** The kinds of record whose changes are written down; a domain that has another kind names it here. */
export const RECORD_TYPES = [
  'product',
  'category',
  'inventory',
  'review',
  'promotion',
  'order',
  'paymentAccount',
  'webhook',
  'user',
  'apiKey',
  'operatorKey',
  'tenant',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** One field of a record: without `before` when it is new, without `after` when it is gone. */
export type FieldChange = {
  path: string;
  before?: unknown;
  after?: unknown;
  /** Set when a value is shown shortened. */
  cut?: true;
};

/** One change of one record: who, from where, and only the fields that changed. */
export type AuditEntry = {
  _id: ObjectId;
  tenantId: ObjectId;
  at: Date;
  actor: string | null;
  action: AuditAction;
  record: { type: RecordType; id: string };
  changes: FieldChange[];
  /** How many more fields changed than the entry has room for. */
  omitted: number;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
};

const PREFIX = 'audit_logs_';
const AHEAD = 2;
/** The month, and what an archive run adds to the name of one that it is taking away. */
const NAME = /^audit_logs_(\d{4}_\d{2})(?:_archiving_[0-9a-f]{8})?$/;

defineSeries(NAME);

const definitions = new Map<string, CollectionDefinition<AuditEntry>>();

/** The collection of the month that a moment is in. */
export const auditMonth = (at: Date): CollectionDefinition<AuditEntry> => collectionOf(monthOf(at));

export const collectionOf = (month: Month): CollectionDefinition<AuditEntry> =>
  collectionNamed(PREFIX + monthText(month).replace('-', '_'));

export function collectionNamed(name: string): CollectionDefinition<AuditEntry> {
  const known = definitions.get(name) ?? define(name);
  definitions.set(name, known);
  return known;
}

/** The month whose entries a collection holds; undefined for one that is none of the audit's. */
export const monthOfName = (name: string): Month | undefined => readMonth(NAME.exec(name)?.[1] ?? '');

/** The month of a moment and those that are made ahead of time. */
export const auditMonthsAhead = (now: Date): CollectionDefinition<AuditEntry>[] =>
  Array.from({ length: AHEAD + 1 }, (_, months) => collectionOf(monthOf(now) + months));

const define = (name: string) =>
  defineCollection<AuditEntry>(
    name,
    object({
      at: date,
      actor: nullable(text),
      action: anyOf(...ACTIONS),
      record: object({ type: text, id: text }),
      changes: list(
        object({ path: text, before: {}, after: {}, cut: anyOf(true) }, ['before', 'after', 'cut']),
      ),
      omitted: count,
      requestId: nullable(text),
      ip: nullable(text),
      userAgent: nullable(text),
    }),
    [
      { key: { at: -1, _id: -1 } },
      { key: { 'record.id': 1, at: -1, _id: -1 } },
      // By type, by action and by both: a filter on one of them names every value of the other.
      { key: { 'record.type': 1, action: 1, at: -1, _id: -1 } },
      { key: { actor: 1, at: -1, _id: -1 } },
    ],
  );
