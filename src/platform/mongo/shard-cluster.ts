import type { Db } from 'mongodb';
import { systemComment } from './guard.ts';
import type { Range, ShardCommand } from './shard-plan.ts';

/** Sends a command where it belongs, and throws what keeps it from being done. */
export type Send = (command: ShardCommand) => Promise<unknown>;

export const sendTo =
  (db: Db): Send =>
  ({ on, command }) =>
    (on === 'admin' ? db.client.db('admin') : db).command(command);

/** Whether this is a cluster's mongos, which alone can shard anything. */
export const isMongos = async (db: Db): Promise<boolean> =>
  (await db.admin().command({ hello: 1 })).msg === 'isdbgrid';

/** A cluster's shards, and the ranges that one of its collections has now. */
export async function readCluster(
  db: Db,
  collection: string,
): Promise<{ shards: string[]; ranges: Range[] }> {
  const { shards } = await db.admin().command({ listShards: 1 });
  const config = db.client.db('config').collection('tags');
  const tags = await config
    .find({ ns: `${db.databaseName}.${collection}` })
    .sort({ min: 1 })
    .toArray();
  return {
    shards: shards.map(({ _id }: { _id: string }) => _id),
    ranges: tags.map(({ min, max, tag }) => ({ min: min.tenantId, max: max.tenantId, shard: tag })),
  };
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
