import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Migration, MigrationError } from './migration.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

const FILE_NAME = /^(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/;

/** `version` is the file's name without its ending; versions are run in their order. */
export type MigrationFile = { version: string; name: string; path: string; checksum: string };

export async function readMigrationFiles(folder = MIGRATIONS_FOLDER): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  return Promise.all(names.map((name) => readMigrationFile(folder, name)));
}

async function readMigrationFile(folder: string, fileName: string): Promise<MigrationFile> {
  const [, day = '', name = ''] = FILE_NAME.exec(fileName) ?? [];
  if (!isDay(day)) {
    throw new MigrationError(`${join(folder, fileName)} is not named YYYY-MM-DD-what-it-does.ts`);
  }
  const path = join(folder, fileName);
  const checksum = checksumOf(await readFile(path, 'utf8'));
  return { version: fileName.slice(0, -'.ts'.length), name: name.replaceAll('-', ' '), path, checksum };
}

const isDay = (day: string) =>
  !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().slice(0, 10) === day;

/** Of the source with the line endings of Unix: git may check it out with others. */
export const checksumOf = (source: string) =>
  createHash('sha256').update(source.replaceAll('\r\n', '\n')).digest('hex');

export async function loadMigration({ path }: MigrationFile): Promise<Migration> {
  const { up, down }: Partial<Migration> = await import(pathToFileURL(path).href);
  if (typeof up !== 'function' || typeof down !== 'function') {
    throw new MigrationError(
      `${path} must export the functions up and down; nothingToUndo(reason) is a down that has nothing to do`,
    );
  }
  return { up, down };
}
