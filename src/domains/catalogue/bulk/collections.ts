import type { Binary, ObjectId } from 'mongodb';
import { defineCollection } from '../../../platform/mongo/collection.ts';
import {
  anyOf,
  count,
  date,
  id,
  list,
  nullable,
  object,
  text,
  whole,
} from '../../../platform/mongo/schema.ts';
import type { Fault } from '../import/import-source.ts';

export type ImportState = 'UPLOADING' | 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';

/** One uploaded file of products and how far its import is. */
export type ImportJob = {
  _id: ObjectId;
  tenantId: ObjectId;
  state: ImportState;
  /** Who uploaded it; named as the one who changed the products. */
  actor: string | null;
  currency: string;
  bytes: number;
  counts: { created: number; updated: number; unchanged: number; refused: number };
  faults: Fault[];
  faultCount: number;
  /** Why the file could not be read to its end. */
  failure: string | null;
  /** While it runs: until when its runner has it; a later moment means that the runner lives. */
  leasedUntil: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** A megabyte of an uploaded file; gone when the import is done. */
export type ImportChunk = { _id: ObjectId; tenantId: ObjectId; jobId: ObjectId; place: number; data: Binary };

const KEPT_SECONDS = 30 * 24 * 60 * 60;

export const importJobs = defineCollection<ImportJob>(
  'import_jobs',
  object({
    state: anyOf('UPLOADING', 'WAITING', 'RUNNING', 'DONE', 'FAILED'),
    actor: nullable(text),
    currency: text,
    bytes: count,
    counts: object({ created: count, updated: count, unchanged: count, refused: count }),
    faults: list({ bsonType: 'object' }, { maxItems: 1_000 }),
    faultCount: count,
    failure: nullable(text),
    leasedUntil: nullable(date),
    createdAt: date,
    finishedAt: nullable(date),
  }),
  [
    { key: { createdAt: -1, _id: -1 } },
    {
      key: { state: 1, leasedUntil: 1 },
      partialFilterExpression: { state: { $in: ['WAITING', 'RUNNING'] } },
    },
    { key: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ],
);

export const importChunks = defineCollection<ImportChunk>(
  'import_chunks',
  object({ jobId: id, place: whole, data: { bsonType: 'binData' } }),
  [{ key: { jobId: 1, place: 1 }, unique: true }],
);
