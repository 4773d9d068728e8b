import { randomUUID } from 'node:crypto';
import { BSON } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ObjectStore } from '../../platform/object-store/object-store.ts';
import {
  type ExportedDay,
  type ExportedFile,
  type Manifest,
  readManifest,
  writeManifest,
} from './manifest.ts';
import { parquetFile, ROWS_OF_A_FILE } from './parquet.ts';
import { type DayMark, type Row, TABLES, type Table } from './tables.ts';

export type ExportStep = { table: string; date: string; rows: number };

export type ExportOptions = {
  store: ObjectStore;
  /** The shop's subdomain: it is in the names of the files. */
  tenant: string;
  tables: readonly Table[];
  /** Throws when somebody else has taken over; asked before the manifest changes. */
  stillMine?: () => Promise<void>;
  /** Waited for, after each day that was written and before it counts. */
  onStep?: (step: ExportStep) => unknown;
  rowsOfAFile?: number;
};

export type Exported = { days: number; rows: number; unchanged: number; removed: number };

/** So many days are written before they count: one manifest for each would be most of the work of a first export. */
const DAYS_AT_ONCE = 50;

/**
 * Writes the days of each table that have changed since they were written, and lets them count by one new manifest. No
 * clock decides what is new, so a change that is committed late is not missed: a day's mark (how many documents, the sum
 * of their versions) is read before its rows, and what is committed in between makes another mark for the next run.
 */
export async function exportShop(db: TenantDb, options: ExportOptions): Promise<Exported> {
  const { store, tenant, tables } = options;
  const manifest = await readManifest(store, { tenantId: String(db.tenantId), tenant });
  const exported: Exported = {
    days: 0,
    rows: 0,
    unchanged: 0,
    removed: await removeUnlisted(store, manifest),
  };
  for (const table of tables) await exportTable(db, manifest, table, { options, exported });
  await count(db, manifest, options);
  return exported;
}

type Run = { options: ExportOptions; exported: Exported };

async function exportTable(
  db: TenantDb,
  manifest: Manifest,
  table: Table,
  { options, exported }: Run,
): Promise<void> {
  const marks = await table.marks(db);
  const there = new Set(marks.map(({ _id }) => _id));
  // Of a day that has nothing any more, nothing is listed any more.
  manifest.days = manifest.days.filter((day) => day.table !== table.name || there.has(day.date));
  let waiting = 0;
  for (const mark of marks) {
    const known = manifest.days.find((day) => day.table === table.name && day.date === mark._id);
    if (known && isAsItWas(known, table, mark, manifest.tenant)) {
      exported.unchanged += 1;
      continue;
    }
    const day = await exportDay(db, table, mark, options);
    manifest.days = [...manifest.days.filter((other) => other !== known), day];
    const rows = day.files.reduce((sum, file) => sum + file.rows, 0);
    exported.days += 1;
    exported.rows += rows;
    await options.onStep?.({ table: table.name, date: day.date, rows });
    waiting += 1;
    if (waiting % DAYS_AT_ONCE === 0) await count(db, manifest, options);
  }
}

/** A shop that has another name now gets all of its files anew. */
const isAsItWas = (day: ExportedDay, { name, schema }: Table, mark: DayMark, tenant: string): boolean =>
  day.schema === schema &&
  day.mark === markText(mark) &&
  day.files.every(({ key }) => key.startsWith(folderOf(name, tenant)));

const markText = ({ mark }: DayMark) => BSON.EJSON.stringify(mark);

async function count(db: TenantDb, manifest: Manifest, { store, stillMine }: ExportOptions): Promise<void> {
  await stillMine?.();
  manifest.exportedAt = db.now().toISOString();
  manifest.days.sort((one, other) => (`${one.table} ${one.date}` < `${other.table} ${other.date}` ? -1 : 1));
  await writeManifest(store, manifest);
}

/** The files have names that were never used: those of before stay as they are for whoever is reading them. */
async function exportDay(
  db: TenantDb,
  table: Table,
  mark: DayMark,
  { store, tenant, rowsOfAFile = ROWS_OF_A_FILE }: ExportOptions,
): Promise<ExportedDay> {
  const files: ExportedFile[] = [];
  for await (const rows of batches(table.rows(db, mark._id), rowsOfAFile)) {
    const body = parquetFile(table, rows);
    const key = `${folderOf(table.name, tenant)}date=${mark._id}/part-${randomUUID()}.parquet`;
    await store.put(key, body);
    files.push({ table: table.name, key, rows: rows.length, bytes: body.length });
  }
  return { table: table.name, date: mark._id, schema: table.schema, mark: markText(mark), files };
}

const folderOf = (table: string, tenant: string) => `table=${table}/tenant=${tenant}/`;

async function* batches(rows: AsyncIterable<Row>, size: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    if (batch.push(row) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What a killed run had written, and what took another's place in the run before: nobody reads it any more. */
async function removeUnlisted(store: ObjectStore, { names, days }: Manifest): Promise<number> {
  const listed = new Set(days.flatMap(({ files }) => files.map(({ key }) => key)));
  const folders = TABLES.flatMap((table) => names.map((tenant) => folderOf(table.name, tenant)));
  let removed = 0;
  for (const folder of folders) {
    for await (const { key } of store.list(folder)) {
      if (listed.has(key)) continue;
      await store.remove(key);
      removed += 1;
    }
  }
  return removed;
}
