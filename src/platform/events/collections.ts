import type { ObjectId } from 'mongodb';
import { defineCollection, defineSystemCollection } from '../mongo/collection.ts';
import { date, object, text } from '../mongo/schema.ts';

/** One thing that happened, written in the transaction in which it happened. */
export type StoredEvent = {
  _id: ObjectId;
  tenantId: ObjectId;
  type: string;
  /** What it happened to, such as "product:6565…"; events of one subject are told in the order of their ids. */
  subject: string;
  data: Record<string, unknown>;
  at: Date;
};

const KEPT_SECONDS = 30 * 24 * 60 * 60;

export const outbox = defineCollection<StoredEvent>(
  'outbox',
  object({ type: text, subject: text, data: { bsonType: 'object' }, at: date }),
  [{ key: { subject: 1, _id: 1 } }, { key: { at: 1 }, expireAfterSeconds: KEPT_SECONDS }],
);

/** How far the processes of one role have come in the change stream: whoever starts begins there, and not only now. */
export type StreamPosition = { _id: string; token: string; at: Date };

export const streamPositions = defineSystemCollection<StreamPosition>(
  'stream_positions',
  object({ _id: text, token: text, at: date }),
  [],
);
