import type { Db } from 'mongodb';
import { systemComment } from './guard.ts';
import { type Range, type ShardCommand, START_BALANCER } from './shard-plan.ts';

/** Sends a command where it belongs, and throws what keeps it from being done. */
export type Send = (command: ShardCommand) => Promise<unknown>;

export const sendTo =
  (db: Db): Send =>
  ({ on, command }) =>
    (on === 'admin' ? db.client.db('admin') : db).command(command);

/** Sends them in their order. The balancer is not left off where one fails. */
export async function sendAll(
  send: Send,
  commands: readonly ShardCommand[],
  onSent: (sent: ShardCommand) => void,
): Promise<void> {
  try {
    for (const command of commands) {
      await send(command);
      onSent(command);
    }
  } catch (error) {
    await send(START_BALANCER).catch((another) => {
      throw new AggregateError([error, another], `The balancer is still off, and: ${error}`);
    });
    throw error;
  }
}

/** Whether this is a cluster's mongos, which alone can shard anything. */
export const isMongos = async (db: Db): Promise<boolean> =>
  (await db.admin().command({ hello: 1 })).msg === 'isdbgrid';

/** A cluster's shards, and the ranges that each of the database's collections has now. */
export async function readCluster(db: Db): Promise<{ shards: string[]; ranges: Map<string, Range[]> }> {
  const { shards } = await db.admin().command({ listShards: 1 });
  const tags = await db.client.db('config').collection('tags').find().sort({ ns: 1, min: 1 }).toArray();
  const prefix = `${db.databaseName}.`;
  const ranges = new Map<string, Range[]>();
  for (const { ns, min, max, tag } of tags) {
    if (!ns.startsWith(prefix)) continue;
    const range = { min: min.tenantId, max: max.tenantId, shard: tag };
    ranges.set(ns.slice(prefix.length), [...(ranges.get(ns.slice(prefix.length)) ?? []), range]);
  }
  return { shards: shards.map(({ _id }: { _id: string }) => _id), ranges };
}

/** How many documents each tenant has in these collections, which is taken for its weight. */
export async function weighTenants(db: Db, collections: readonly string[]): Promise<Map<string, number>> {
  const weights = new Map<string, number>();
  const comment = systemComment('how large each tenant is');
  for (const name of collections) {
    const counted = db
      .collection(name)
      .aggregate([{ $group: { _id: '$tenantId', count: { $sum: 1 } } }], { comment, allowDiskUse: true });
    for await (const { _id, count } of counted)
      weights.set(String(_id), (weights.get(String(_id)) ?? 0) + count);
  }
  return weights;
}
