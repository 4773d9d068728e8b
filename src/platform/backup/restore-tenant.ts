import type { Db, Document, ObjectId } from 'mongodb';
import { BackupError } from './backup-error.ts';
import { collectionNames } from './database-hash.ts';
import { counterpart, databasesOf } from './databases.ts';
import { Inserting } from './inserting.ts';

export type TenantCopy = {
  tenantId: ObjectId;
  isTenantCollection: (name: string) => boolean;
  force: boolean;
};

export type TenantRestored = { documents: number; collections: number };

/**
 * Puts one shop, as it is in the installation `source`, into `target`, each document into the database that it was in;
 * only where nothing of it is there, or with `force` instead of it, in whichever database it is now.
 */
export async function copyTenant(source: Db, target: Db, copy: TenantCopy): Promise<TenantRestored> {
  const pairs = await pairsOf(source, target, copy);
  const { tenantId, force } = copy;
  if (!force) await refuseTenant(pairs, tenantId);
  const result = { documents: 0, collections: 0 };
  for (const pair of pairs) {
    const copied = await copyOf(pair, { tenantId });
    result.documents += copied;
    if (copied > 0) result.collections += 1;
  }
  await copyOf({ from: source, to: target, name: 'tenants' }, { _id: tenantId });
  return result;
}

/** A collection that may hold something of the shop on either side, or on both. */
type Pair = { from: Db; to: Db; name: string };

async function pairsOf(source: Db, target: Db, { isTenantCollection }: TenantCopy): Promise<Pair[]> {
  const pairs = new Map<string, Pair>();
  const add = async (from: Db, to: Db, listed: Db) => {
    for (const name of (await collectionNames(listed)).filter(isTenantCollection))
      pairs.set(`${to.databaseName}.${name}`, { from, to, name });
  };
  for (const from of await databasesOf(source))
    await add(from, counterpart(target, source.databaseName, from.databaseName), from);
  for (const to of await databasesOf(target))
    await add(counterpart(source, target.databaseName, to.databaseName), to, to);
  return [...pairs.values()];
}

async function refuseTenant(pairs: Pair[], tenantId: ObjectId): Promise<void> {
  for (const { to, name } of pairs) {
    const found = await to.collection(name).countDocuments({ tenantId }, { limit: 1 });
    if (found > 0)
      throw new BackupError(
        `The shop is there already (${to.databaseName}.${name}): --force puts the restored one in its place`,
      );
  }
}

const comment = 'system: restore a shop';

async function copyOf(pair: Pair, filter: Document): Promise<number> {
  const { from, to, name } = pair;
  await to.collection(name).deleteMany(filter, { comment });
  const inserting = new Inserting(to, name);
  let isFirst = true;
  for await (const raw of from.collection(name).find(filter, { raw: true, comment })) {
    if (isFirst) await declare(pair);
    isFirst = false;
    await inserting.add(raw as unknown as Buffer);
  }
  await inserting.flush();
  return inserting.count;
}

/** Where the collection is gone, it is made as it was: its rules and its indexes are part of it. */
async function declare({ from, to, name }: Pair): Promise<void> {
  if (await to.listCollections({ name }).hasNext()) return;
  const [declared] = await from.listCollections({ name }).toArray();
  await to.command({ create: name, ...(declared && 'options' in declared ? declared.options : {}) });
  const indexes = (await from.collection(name).listIndexes().toArray()).filter(
    (index) => index.name !== '_id_',
  );
  if (indexes.length > 0) await to.command({ createIndexes: name, indexes, comment });
}
