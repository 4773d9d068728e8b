import { Binary, ObjectId } from 'mongodb';
import { badInput } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { type ImportJob, importChunks, importJobs } from './collections.ts';

const CHUNK_BYTES = 1_000_000;
const MOST_BYTES = 1_000_000_000;

/** Stores an uploaded file piece by piece, so that any process can import it; nothing is held but one piece. */
export async function receiveUpload(
  db: TenantDb,
  bytes: AsyncIterable<Uint8Array>,
  currency: string,
): Promise<ImportJob> {
  const job = await db.collection(importJobs).insertOne({
    _id: new ObjectId(),
    state: 'UPLOADING',
    actor: db.origin.actor,
    currency,
    bytes: 0,
    counts: { created: 0, updated: 0, unchanged: 0, refused: 0 },
    faults: [],
    faultCount: 0,
    failure: null,
    leasedUntil: null,
    createdAt: db.now(),
    finishedAt: null,
  });
  try {
    const size = await storeChunks(db, job._id, bytes);
    const stored = { state: 'WAITING' as const, bytes: size };
    await db.collection(importJobs).updateOne({ _id: job._id }, { $set: stored });
    return { ...job, ...stored };
  } catch (error) {
    await db.collection(importChunks).deleteMany({ jobId: job._id });
    await db.collection(importJobs).deleteOne({ _id: job._id });
    throw error;
  }
}

async function storeChunks(db: TenantDb, jobId: ObjectId, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  let place = 0;
  for await (const piece of pieces(bytes)) {
    size += piece.length;
    if (size > MOST_BYTES) throw badInput(`An upload has at most ${MOST_BYTES} bytes: split the file`);
    await db
      .collection(importChunks)
      .insertOne({ _id: new ObjectId(), jobId, place, data: new Binary(piece) });
    place += 1;
  }
  if (size === 0) throw badInput('The upload is empty: send one product a line, as JSON');
  return size;
}

/** The same bytes in pieces of a megabyte. */
async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const some of bytes) {
    waiting.push(some);
    size += some.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** The uploaded bytes again. */
export async function* uploadedBytes(db: TenantDb, jobId: ObjectId): AsyncGenerator<Uint8Array> {
  for (let place = 0; ; place++) {
    const chunk = await db.collection(importChunks).findOne({ jobId, place });
    if (!chunk) return;
    yield chunk.data.buffer;
  }
}
