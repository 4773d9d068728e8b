import type { SystemDb } from '../mongo/system-db.ts';
import { streamPositions } from './collections.ts';
import { isToken } from './token.ts';

/** Longer ago than this, to read all that happened since would keep those waiting who come now. */
const WORTH_MS = 10 * 60_000;

export type Position = {
  /** Where the processes of this role were last, if that is not long ago. */
  find: () => Promise<string | null>;
  /** Never back: of several processes the one that is furthest counts. */
  keep: (token: string) => Promise<void>;
};

export const positionOf = (db: SystemDb, role: string): Position => ({
  find: async () => {
    const kept = await db.collection(streamPositions).findOne({ _id: role }, db.options);
    if (!kept || !isToken(kept.token) || db.now().getTime() - kept.at.getTime() > WORTH_MS) return null;
    return kept.token;
  },
  keep: async (token) => {
    await db
      .collection(streamPositions)
      .updateOne({ _id: role }, { $max: { token, at: db.now() } }, { upsert: true, ...db.options });
  },
});
