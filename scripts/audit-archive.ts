import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { ArchiveError } from '../src/domains/audit/archive/archive-error.ts';
import {
  type ArchiveOptions,
  archiveMonth,
  findDueMonths,
} from '../src/domains/audit/archive/archive-months.ts';
import { restoreFile, restoreMonth } from '../src/domains/audit/archive/restore.ts';
import { countMonth } from '../src/domains/audit/month-collections.ts';
import { type Month, monthText, readMonth } from '../src/domains/audit/months.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { progressBar } from './support/progress.ts';
import { run, withDatabase } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { olderThanMonths: number; dryRun?: true; to?: string; restore?: string };

const RETENTION_MONTHS = 13;

const command = new Command('npm run audit-archive --')
  .description(
    'Moves months of the audit that are past retention out of the database, into compressed archives.',
  )
  .option('--older-than-months <n>', 'how many whole months stay', readCount, RETENTION_MONTHS)
  .option('--to <folder>', 'where the archives are (DATA_DIR/audit-archive when not given)')
  .option('--dry-run', 'show what would be moved, and change nothing')
  .option('--restore <month or file>', 'put a month (2025-09), or one file of it, back into the database')
  .addHelpText(
    'after',
    `
A month becomes a folder with one file for each shop, and a manifest with counts and SHA-256. The collection is
dropped when all of it has been read back. Stopped or killed anywhere, the next run finishes the work.

Exit codes:
  0  all is done (with --dry-run: shown)
  1  something failed; nothing was dropped that is not in the archive`,
  )
  .parse();

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError(
    'It is a whole number from 1: the month that runs and the one before it stay.',
  );
}

function work(database: Database, options: Options, folder: string): Promise<void> {
  if (options.restore !== undefined) return restore(database, options.restore, folder);
  return options.dryRun ? show(database, options, folder) : archive(database, options, folder);
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const sizeText = (entries: number, shops: number) =>
  `${counted(entries, 'entry', 'entries')} of ${counted(shops, 'shop', 'shops')}`;

const nothingDue = ({ olderThanMonths }: Options) =>
  console.log(`✔ no month is older than ${counted(olderThanMonths, 'month', 'months')}`);

async function show(database: Database, options: Options, folder: string) {
  const system = database.systemDb('show what of the audit is due for the archive');
  const months = await findDueMonths(system, options.olderThanMonths);
  for (const month of months) {
    const { entries, shops } = await countMonth(system, month);
    console.log(
      `${monthText(month)}: ${sizeText(entries, shops)} would go to ${join(folder, monthText(month))}`,
    );
  }
  if (months.length === 0) nothingDue(options);
}

async function archive(database: Database, options: Options, folder: string) {
  const system = database.systemDb('move the audit of all shops to the archive');
  const months = await findDueMonths(system, options.olderThanMonths);
  const shops = new Map((await listTenants(system)).map(({ _id, subdomain }) => [String(_id), subdomain]));
  for (const month of months) await archiveShown(database, month, { folder, shops });
  if (months.length === 0) nothingDue(options);
}

async function archiveShown(database: Database, month: Month, options: ArchiveOptions) {
  const system = database.systemDb('move a month of the audit to the archive');
  const { entries } = await countMonth(system, month);
  const progress = progressBar(monthText(month), entries);
  const onStep: ArchiveOptions['onStep'] = (step) => progress.at(step.entries);
  const done = await archiveMonth(system, month, { ...options, onStep }).finally(progress.done);
  console.log(`✔ ${monthText(month)}: ${sizeText(done.entries, done.shops)} moved to ${done.folder}`);
}

async function restore(database: Database, what: string, folder: string) {
  const system = database.systemDb('put archived audit entries back');
  const month = readMonth(what);
  const files =
    month === undefined ? await restoreFile(system, what) : await restoreMonth(system, folder, month);
  for (const { month, shop, entries, restored } of files) {
    const there = restored < entries ? `; ${restored.toLocaleString('en-US')} of them were missing` : '';
    console.log(`✔ ${monthText(month)}, ${shop}: ${counted(entries, 'entry', 'entries')} are there${there}`);
  }
  console.log('The next npm run audit-archive moves what is past retention to the archive again.');
}

await run(() =>
  withDatabase(async (database, config) => {
    const options = command.opts<Options>();
    const folder = options.to ?? join(config.DATA_DIR, 'audit-archive');
    await work(database, options, folder).catch((error) => {
      throw error instanceof ArchiveError ? new UsageError(error.message) : error;
    });
  }),
);
