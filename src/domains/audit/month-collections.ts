import { randomBytes } from 'node:crypto';
import { MongoServerError, type ObjectId } from 'mongodb';
import type { CollectionDefinition } from '../../platform/mongo/collection.ts';
import { applyIndexes } from '../../platform/mongo/indexes.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import {
  type AuditEntry,
  auditMonthsAhead,
  collectionNamed,
  collectionOf,
  monthOfName,
} from './collections.ts';
import type { Month } from './months.ts';

const NAMESPACE_NOT_FOUND = 26;

/**
 * Makes this month's collection and the next two, and brings in order what a transaction made without validator and
 * indexes. To be called at the start and now and then: the API's clock does.
 */
export async function ensureAuditMonths(system: SystemDb): Promise<void> {
  const there = (await listMonths(system)).map(collectionOf);
  await applyDeclared(system, [...new Set([...auditMonthsAhead(system.now()), ...there])]);
}

/** Throws when a collection is not as declared after that. */
export async function applyDeclared(system: SystemDb, declared: CollectionDefinition<AuditEntry>[]) {
  const results = await applyIndexes(system.raw, declared);
  const faults = results.flatMap(({ collection, outcomes }) =>
    outcomes.flatMap(({ failure }) => (failure ? [`${collection}: ${failure.reason}`] : [])),
  );
  if (faults.length > 0) throw new Error(`The audit's collections are not as declared: ${faults.join('; ')}`);
}

/** The months that have entries to read or to archive, oldest first. */
export async function listMonths(system: SystemDb): Promise<Month[]> {
  const months = (await listNames(system)).flatMap((name) => monthOfName(name) ?? []);
  return [...new Set(months)].sort((a, b) => a - b);
}

async function listNames(system: SystemDb): Promise<string[]> {
  const ours = { name: { $regex: '^audit_logs_' } };
  const listed = system.raw.listCollections(ours, { nameOnly: true, ...system.because });
  return (await listed.toArray()).map(({ name }) => name).sort();
}

/** How many entries a month has, and of how many shops; parts that a killed run claimed count too. */
export async function countMonth(
  system: SystemDb,
  month: Month,
): Promise<{ entries: number; shops: number }> {
  const shops = new Set<string>();
  let entries = 0;
  for (const name of (await listNames(system)).filter((name) => monthOfName(name) === month)) {
    const perShop = system
      .collection(collectionNamed(name))
      .aggregate<{ _id: ObjectId; entries: number }>(
        [{ $group: { _id: '$tenantId', entries: { $sum: 1 } } }],
        system.because,
      );
    for await (const row of perShop) {
      shops.add(String(row._id));
      entries += row.entries;
    }
  }
  return { entries, shops: shops.size };
}

/**
 * Takes a month, or what a killed run left of it, under a name of its own, where nobody else writes: an entry that
 * comes late makes the month anew. Null when there is none. Of two who claim the same, the later one has it.
 */
export async function claimMonth(
  system: SystemDb,
  month: Month,
): Promise<CollectionDefinition<AuditEntry> | null> {
  const names = (await listNames(system)).filter((name) => monthOfName(name) === month);
  // A claimed one has the longer name.
  const from = names.at(-1);
  if (from === undefined) return null;
  const to = `${collectionOf(month).name}_archiving_${randomBytes(4).toString('hex')}`;
  return (await rename(system, from, to)) ? collectionNamed(to) : claimMonth(system, month);
}

async function rename(system: SystemDb, from: string, to: string): Promise<boolean> {
  const { databaseName } = system.raw;
  const command = {
    renameCollection: `${databaseName}.${from}`,
    to: `${databaseName}.${to}`,
    ...system.because,
  };
  try {
    await system.raw.admin().command(command);
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return false;
    throw error;
  }
}

export async function dropClaimed(
  system: SystemDb,
  { name }: CollectionDefinition<AuditEntry>,
): Promise<void> {
  try {
    await system.raw.command({ drop: name, ...system.because });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== NAMESPACE_NOT_FOUND) throw error;
  }
}
