import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

type Found = Record<string, unknown>[];

/** What docs/export.md says in SQL: the views first, then each question. */
export async function documentedSql(folder: string): Promise<string[]> {
  const document = await readFile(new URL('../../docs/export.md', import.meta.url), 'utf8');
  return [...document.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql.replaceAll('STORE', folder));
}

/** Asks DuckDB about an export, over the views of the documentation. */
export async function askWarehouse(folder: string, ...questions: string[]): Promise<Found[]> {
  const [views = ''] = await documentedSql(folder);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const there = await connection.runAndReadAll(
    `SELECT DISTINCT file.table FROM (SELECT unnest(day.files) AS file FROM
      (SELECT unnest(days) AS day FROM read_json('${folder}/manifest/*.json')))`,
  );
  const tables = new Set(there.getRows().map(([name]) => String(name)));
  try {
    for (const statement of views.split(';').filter((sql) => sql.trim() !== '')) {
      const [, view] = /VIEW (\w+)/.exec(statement) ?? [];
      if (view === undefined || tables.has(view)) await connection.run(statement);
    }
    const answers: Found[] = [];
    for (const question of questions)
      answers.push((await connection.runAndReadAll(question)).getRowObjectsJson());
    return answers;
  } finally {
    connection.closeSync();
  }
}
