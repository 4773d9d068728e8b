import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectId } from 'mongodb';
import { readEntries } from '../../src/domains/audit/archive/archive-file.ts';
import { type AuditEntry, collectionNamed, monthOfName } from '../../src/domains/audit/collections.ts';
import { ensureAuditMonths } from '../../src/domains/audit/month-collections.ts';
import { type Month, monthText, startOf } from '../../src/domains/audit/months.ts';
import { noOrigin } from '../../src/platform/mongo/scope.ts';
import { rawDb, type TestDatabase } from '../support/mongo.ts';

const HOUR_MS = 60 * 60_000;

/** Entries of a shop in a month, several at the same moment, with values of all kinds. */
export async function addEntries(database: TestDatabase, tenantId: ObjectId, month: Month, count: number) {
  const at = startOf(month);
  const db = database.tenantDb(tenantId, { now: () => at });
  await ensureAuditMonths(database.systemDb('a test of the archive', { now: () => at }));
  const entries = Array.from({ length: count }, (_, place) => ({
    _id: new ObjectId(),
    at: new Date(at.getTime() + Math.floor(place / 3) * HOUR_MS),
    action: 'update' as const,
    record: { type: 'product' as const, id: `p${place}` },
    changes: [
      { path: 'name', before: `Tasse "${place}" ☕\n`, after: null },
      { path: 'pricing.basePrice', before: 1_000 + place, after: 1_000.5 },
      { path: 'since', after: at },
    ],
    omitted: 0,
    ...noOrigin,
  }));
  // Not in the order of time.
  await db.collection(collectionNamed(nameOf(month))).insertMany(entries.toReversed());
}

export const nameOf = (month: Month) => `audit_logs_${monthText(month).replace('-', '_')}`;

/** Collections of the months before this one, by whatever name a run gave them. */
export const collectionsBefore = async (database: TestDatabase, month: Month) =>
  (await rawDb(database).listCollections().toArray())
    .map(({ name }) => name)
    .filter((name) => (monthOfName(name) ?? month) < month)
    .sort();

/** All entries of those months that are in the database, as they are stored: numbers by their BSON types. */
export async function storedBefore(database: TestDatabase, month: Month): Promise<AuditEntry[]> {
  const found = [];
  for (const name of await collectionsBefore(database, month)) {
    const { because } = database.systemDb('a test of the archive');
    const cursor = rawDb(database)
      .collection<AuditEntry>(name)
      .find({}, { promoteValues: false, ...because });
    found.push(...(await cursor.toArray()));
  }
  return found.sort(byId);
}

/** All entries of the files in an archive's folder, listed or not; files that are not finished do not count. */
export async function archivedIn(folder: string): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for (const place of await readdir(folder)) {
    for (const file of await readdir(join(folder, place))) {
      if (!file.endsWith('.ndjson.gz')) continue;
      const of = { tenantId: new ObjectId(file.slice(0, 24)), month: monthOfName(nameOfFolder(place)) ?? 0 };
      for await (const entry of readEntries(join(folder, place, file), of)) found.push(entry as AuditEntry);
    }
  }
  return found.sort(byId);
}

const nameOfFolder = (place: string) => `audit_logs_${place.replace('-', '_')}`;

const byId = (a: AuditEntry, b: AuditEntry) => (a._id.toHexString() < b._id.toHexString() ? -1 : 1);

export const idsOf = (entries: AuditEntry[]) => entries.map(({ _id }) => _id.toHexString());
