import type { Binary, MongoClient } from 'mongodb';

/** By what mongod knows connections of ours, whatever their deployment calls itself. */
export const DRIVER_INFO = { name: 'souk' };
const OURS = `nodejs|${DRIVER_INFO.name}`;

/** The commands of a transaction follow each other at once: after so long, nobody is going on with it. */
const IDLE_MS = 5_000;
const ASK_MS = 2_000;

type Idle = { lsid: { id: Binary } };

/**
 * Gives up transactions whose process has died; answers how many. Left to itself, mongod keeps them and their locks for
 * a minute, and for as long whoever repeats their calls is in their way. Where a process was merely slow, mongod tells
 * it, and it begins its transaction again.
 */
export async function endIdleTransactions({ client }: { client: MongoClient }, idleMs = IDLE_MS) {
  const admin = client.db('admin');
  const idle = await admin
    .aggregate<Idle>(
      [
        // Of this user alone, which needs no permission.
        { $currentOp: { allUsers: false, idleSessions: true } },
        {
          $match: {
            type: 'idleSession',
            'clientMetadata.driver.name': OURS,
            'transaction.timeInactiveMicros': { $gt: 1_000 * idleMs },
          },
        },
        { $project: { lsid: 1 } },
      ],
      { maxTimeMS: ASK_MS, readConcern: { level: 'local' } },
    )
    .toArray();
  if (idle.length > 0)
    await admin.command({ killSessions: idle.map(({ lsid: { id } }) => ({ id })), maxTimeMS: ASK_MS });
  return idle.length;
}
