import { LIMITS } from '../limits/limits.ts';
import type { Database } from '../mongo/client.ts';
import { changesOf } from './change.ts';
import { isLost, nextEntry, openEntries, tokenOf } from './entries.ts';
import { RecentChanges } from './recent-changes.ts';

/** Somebody waits. */
const PATIENCE_MS = 10_000;

/** What happened behind one token up to another; null when that is not in the oplog any more, or too much. */
export async function catchUp(
  database: Database,
  after: string,
  until: string,
): Promise<RecentChanges | null> {
  const found = new RecentChanges(after, LIMITS.keptChanges);
  const stream = openEntries(database, after);
  const end = Date.now() + PATIENCE_MS;
  try {
    while (found.from === after && Date.now() < end) {
      const entry = await nextEntry(database, stream);
      for (const change of entry && (await database.places.isOwn(entry)) ? changesOf(entry) : [])
        if (change.token > after && change.token <= until) found.add(change);
      if ((tokenOf(stream) ?? '') >= until) return found.from === after ? found : null;
    }
    return null;
  } catch (error) {
    if (isLost(error)) return null;
    throw error;
  } finally {
    await stream.close().catch(() => {});
  }
}
