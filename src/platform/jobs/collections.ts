import { defineSystemCollection } from '../mongo/collection.ts';
import { count, date, nullable, object, text } from '../mongo/schema.ts';

/** Who does what only one process may do, until when by mongod's clock. `fence` grows with each who may. */
export type Lock = {
  _id: string;
  owner: string | null;
  fence: number;
  expiresAt: Date;
  /** When it was last done to its end. */
  doneAt: Date;
};

export const locks = defineSystemCollection<Lock>(
  'locks',
  object({ owner: nullable(text), fence: count, expiresAt: date, doneAt: date }),
  [],
);
