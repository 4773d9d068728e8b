import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { permissionsTable } from '../src/domains/auth/permissions-table.ts';
import { resolvers } from '../src/domains/registry.ts';
import { buildSchema } from '../src/platform/graphql/schema.ts';

const { check } = new Command('node scripts/permissions-table.ts')
  .description('Writes docs/permissions.md: which role may do what, as schema.graphql says it.')
  .option('--check', 'write nothing, and fail when the file is older than the schema')
  .parse()
  .opts<{ check?: true }>();

const file = new URL('../docs/permissions.md', import.meta.url);
const table = permissionsTable(buildSchema(resolvers));
if (!check) {
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, table);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== table) {
  console.error('docs/permissions.md is older than schema.graphql: run node scripts/permissions-table.ts');
  process.exitCode = 1;
}
