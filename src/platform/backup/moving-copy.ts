import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { FileEntry, Manifest } from './catalog.ts';
import { type Copying, copyCollections, putStream } from './copying.ts';
import { describe, isRenamed, isSame } from './metadata.ts';
import { entriesAfter } from './oplog.ts';
import { positionText } from './position.ts';
import { clusterTime, manifestOf, type SnapshotParts } from './snapshot-parts.ts';

/** How long it waits for more of the oplog. */
const LOOK_MS = 500;

/**
 * Copies each document as it is when its turn comes, and all of the oplog meanwhile: applied to the copy, that makes it
 * what the database was at the end. It may take as long as it likes. Null where it has to begin again.
 */
export async function copyMoving(parts: SnapshotParts): Promise<Manifest | null> {
  const { main, at: begin, before, copying } = parts;
  if (!isSame(before, await describe(main))) return null;
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, ...(copying.signal ? [copying.signal] : [])]);
  const end = Promise.withResolvers<string>();
  // Not older than what the oplog begins with.
  const readConcern = { level: 'majority', afterClusterTime: begin };
  const reads = { readConcern, sort: { _id: 1 }, hint: '_id_' };
  const copyAll = async () => {
    const collections = await copyCollections(before, { ...copying, reads, signal });
    end.resolve(positionText(await clusterTime(main)));
    return collections;
  };
  const oplog = copyOplog(main, positionText(begin), end.promise, { ...copying, signal });
  const [collections, file] = await together(copyAll(), oplog, stopping);
  if (isRenamed(before, await describe(main))) return null;
  return { ...manifestOf(parts, await end.promise, collections), oplog: file };
}

/** Both, or the first fault, once neither runs any more. */
async function together<A, B>(one: Promise<A>, other: Promise<B>, stopping: AbortController) {
  try {
    return await Promise.all([one, other]);
  } catch (error) {
    stopping.abort();
    await Promise.allSettled([one, other]);
    throw error;
  }
}

type OplogCopying = Pick<Copying, 'targets' | 'key' | 'dump'> & { signal: AbortSignal };

/** Where mongodump has it, for which `mongorestore --oplogReplay` looks: its name does not say that it is compressed. */
function copyOplog(
  main: Db,
  begin: string,
  end: Promise<string>,
  { targets, key, dump, signal }: OplogCopying,
): Promise<FileEntry> {
  const entries = entriesBetween(main, begin, end, signal);
  return putStream(targets, `${dump}/oplog.bson${key ? '.aes' : ''}`, entries, key);
}

async function* entriesBetween(main: Db, begin: string, end: Promise<string>, signal: AbortSignal) {
  let reached = begin;
  let last: string | undefined;
  void end.then((position) => {
    last = position;
  });
  while (last === undefined || reached < last) {
    for await (const { position, raw, isKept } of entriesAfter(main.client, reached, main.databaseName)) {
      signal.throwIfAborted();
      if (last !== undefined && position > last) return;
      reached = position;
      if (isKept) yield Buffer.from(raw);
    }
    if (last === undefined) await Promise.race([end, sleep(LOOK_MS, undefined, { signal })]);
  }
}
