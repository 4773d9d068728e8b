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

/** So often what is written begins to count: a manifest for each day would be most of the work of a first export. */
const COUNT_EVERY_MS = 30_000;

/**
 * Writes the days of each table that have changed since they were written, and lets them count by one new manifest. No
 * clock decides what is new, so a change that is committed late is not missed: a day's mark (how many documents, the sum
 * of their versions) is read before its rows, and what is committed in between makes another mark for the next run.
 */
export async function exportShop(db: TenantDb, options: ExportOptions): Promise<Exported> {
  const { store, tenant, tables } = options;
  const manifest = await readManifest(store, { tenantId: String(db.tenantId), tenant });
  const removed = await removeUnlisted(store, manifest);
  const run: Run = {
    ...{ db, options, manifest, countedAt: performance.now() },
    days: new Map(manifest.days.map((day) => [keyOf(day), day])),
    exported: { days: 0, rows: 0, unchanged: 0, removed },
  };
  // One look at the orders is enough for all tables that are made of them: an earlier mark is a safe one.
  const marks = new Map<Table['marks'], Promise<DayMark[]>>();
  for (const table of tables)
    await exportTable(run, table, await marks.getOrInsertComputed(table.marks, (find) => find(db)));
  await count(run);
  return run.exported;
}

type Run = {
  db: TenantDb;
  options: ExportOptions;
  manifest: Manifest;
  days: Map<string, ExportedDay>;
  exported: Exported;
  countedAt: number;
};

const keyOf = ({ table, date }: Pick<ExportedDay, 'table' | 'date'>) => `${table} ${date}`;

async function exportTable(run: Run, table: Table, marks: readonly DayMark[]): Promise<void> {
  const { db, days, exported, options, manifest } = run;
  const there = new Set(marks.map(({ _id }) => _id));
  // Of a day that has nothing any more, nothing is listed any more.
  for (const [key, day] of days) if (day.table === table.name && !there.has(day.date)) days.delete(key);
  for (const mark of marks) {
    const key = keyOf({ table: table.name, date: mark._id });
    const known = days.get(key);
    if (known && isAsItWas(known, table, mark, manifest.tenant)) {
      exported.unchanged += 1;
      continue;
    }
    const day = await exportDay(db, table, mark, options);
    days.set(key, day);
    const rows = day.files.reduce((sum, file) => sum + file.rows, 0);
    exported.days += 1;
    exported.rows += rows;
    await options.onStep?.({ table: table.name, date: day.date, rows });
    if (performance.now() - run.countedAt > COUNT_EVERY_MS) await count(run);
  }
}

/** A shop that has another name now gets all of its files anew. */
const isAsItWas = (day: ExportedDay, { name, schema }: Table, mark: DayMark, tenant: string): boolean =>
  day.schema === schema &&
  day.mark === markText(mark) &&
  day.files.every(({ key }) => key.startsWith(folderOf(name, tenant)));

const markText = ({ mark }: DayMark) => BSON.EJSON.stringify(mark);

async function count(run: Run): Promise<void> {
  const { db, manifest, days, options } = run;
  await options.stillMine?.();
  const sorted = [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, day]) => day);
  await writeManifest(options.store, { ...manifest, exportedAt: db.now().toISOString(), days: sorted });
  run.countedAt = performance.now();
}

/** The files have names that were never used: those of before stay as they are for whoever is reading them. */
async function exportDay(
  db: TenantDb,
  table: Table,
  mark: DayMark,
  { store, tenant, rowsOfAFile = ROWS_OF_A_FILE }: ExportOptions,
): Promise<ExportedDay> {
  const files: ExportedFile[] = [];
  for await (const part of parts(table.rows(db, mark._id), rowsOfAFile)) {
    const body = await parquetFile(table, part.rows);
    const key = `${folderOf(table.name, tenant)}date=${mark._id}/part-${randomUUID()}.parquet`;
    await store.put(key, body);
    files.push({ table: table.name, key, rows: part.count(), bytes: body.length });
  }
  return { table: table.name, date: mark._id, schema: table.schema, mark: markText(mark), files };
}

const folderOf = (table: string, tenant: string) => `table=${table}/tenant=${tenant}/`;

type Part = { rows: AsyncIterable<Row> /** How many there were, once all are read. */; count: () => number };

/** One series after the other out of one: each is read to its end before the next is asked for. */
async function* parts(rows: AsyncGenerator<Row>, size: number): AsyncGenerator<Part> {
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    let count = 0;
    const first = next;
    async function* some() {
      for (let row: IteratorResult<Row> = first; !row.done; row = await rows.next()) {
        yield row.value;
        count += 1;
        if (count === size) return;
      }
    }
    yield { rows: some(), count: () => count };
  }
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
