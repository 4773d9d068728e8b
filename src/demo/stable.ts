import { createHash } from 'node:crypto';
import { ObjectId } from 'mongodb';

/** The same id for the same words, on every machine: the demo's links stay good when it is seeded again. */
export const stableId = (...words: (string | number)[]) => new ObjectId(digest(words).subarray(0, 12));

/** A number from 0 to below `limit` that looks like chance, and is the same for the same words. */
export const stableNumber = (limit: number, ...words: (string | number)[]) =>
  digest(words).readUInt32BE(12) % limit;

const digest = (words: (string | number)[]) => createHash('sha256').update(words.join('\n')).digest();
