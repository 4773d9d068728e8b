import { Command, InvalidArgumentError } from 'commander';
import { installationOf } from '../src/installation.ts';
import { refuseWhileMoving } from '../src/platform/mongo/installation.ts';
import { MigrationError } from '../src/platform/mongo/migration.ts';
import {
  faultsOf,
  type MigrationStatus,
  migrationStatus,
  pendingOf,
} from '../src/platform/mongo/migration-status.ts';
import { type Done, type MigrateOptions, migrateDown, migrateUp } from '../src/platform/mongo/migrations.ts';
import { batchReporter, doneLine, statusLine, toJson } from './support/migration-report.ts';
import { withRawDatabase } from './support/raw-database.ts';
import { run } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { json?: true; dryRun?: true; wait: number; lease: number; folder?: string };

const seconds = (text: string) => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number of seconds.');
};

const program = new Command('npm run migrate --')
  .description('Changes what is stored, by the files of src/migrations: in their order, each once.')
  .addHelpText(
    'after',
    `
Exit codes:
  0  done, or nothing to do
  1  something failed, or keeps migrations from being run
  2  plan: there is something to run

One runner works at a time; another waits for it (--wait), or says who it is. A runner that is killed
keeps others out for --lease seconds at most; the next one goes on where it was.`,
  );

const add = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option('--json', 'print one JSON object instead of lines')
    .option('--folder <path>', 'where the migrations are', undefined);

const addRunning = (name: string, description: string) =>
  add(name, description)
    .option('--dry-run', 'show what would be run, and run nothing')
    .option('--wait <seconds>', 'how long to wait for another runner', seconds, 60)
    .option('--lease <seconds>', 'how long others wait for this one when it is killed', seconds, 30);

addRunning('up', 'runs every migration that has not been run').action((options: Options) =>
  execute(options, (db, run) => migrateUp(db, run)),
);
addRunning('down <version>', 'undoes a migration and all that were applied after it, the last first').action(
  (version: string, options: Options) => execute(options, (db, run) => migrateDown(db, version, run)),
);
add('status', 'shows every migration and what became of it').action((options: Options) =>
  show(options, false),
);
add('plan', 'shows what "up" would run').action((options: Options) => show(options, true));
await program.parseAsync();

type Db = Parameters<typeof migrateUp>[0];

/** In the shared database, then in each in which a shop lives. */
function execute(
  options: Options,
  work: (db: Db, options: MigrateOptions) => Promise<Done[]>,
): Promise<void> {
  const { json, dryRun } = options;
  return reported(async (main) => {
    const run = runOptions(options);
    await refuseWhileMoving(main);
    const done: Done[] = [];
    for (const { db } of await installationOf(main)) done.push(...(await work(db, run)));
    if (json) return void console.log(toJson({ ok: true, dryRun: dryRun === true, done }));
    for (const one of done) console.log(doneLine(one, dryRun === true));
    if (done.length === 0) console.log('✔ Nothing to do');
  });
}

function runOptions({ dryRun, wait, lease, folder }: Options): MigrateOptions {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.error('Stopping; what is done so far is kept, and the next run goes on from there');
      stop.abort(new MigrationError('Stopped before the end; run this again to go on'));
    });
  }
  return {
    folder,
    dryRun,
    waitMs: wait * 1000,
    leaseMs: Math.max(lease, 1) * 1000,
    signal: stop.signal,
    onWait: (holder) => console.error(`Waiting: migrations are being run by ${holder}`),
    report: (line) => console.error(line),
    onBatch: batchReporter(),
  };
}

function show({ json, folder }: Options, onlyPending: boolean): Promise<void> {
  return reported(async (main) => {
    const all: (MigrationStatus & { database?: string })[] = await migrationStatus(main, folder);
    // Of the databases of shops, only what differs: mostly that is nothing.
    for (const { db, isShared } of await installationOf(main))
      if (!isShared)
        for (const one of await migrationStatus(db, folder))
          if (one.state !== 'applied') all.push({ ...one, database: db.databaseName });
    const faults = faultsOf(all);
    const shown = onlyPending
      ? all.filter(({ version }) => pendingOf(all).some((one) => one.version === version))
      : all;
    if (json) console.log(toJson({ ok: faults.length === 0, faults, migrations: shown }));
    else for (const one of shown) console.log(statusLine(one) + (one.database ? `  in ${one.database}` : ''));
    if (!json && shown.length === 0) console.log(onlyPending ? '✔ Nothing to do' : 'There are no migrations');
    if (onlyPending && shown.length > 0) process.exitCode = 2;
    if (faults.length > 0) throw new UsageError(faults.join('\n✖ '));
  });
}

function reported(work: (db: Db) => Promise<void>): Promise<void> {
  return run(() =>
    withRawDatabase(work).catch((error: unknown) => {
      if (!(error instanceof MigrationError)) throw error;
      if (error.cause) console.error(error.cause);
      throw new UsageError(error.message);
    }),
  );
}
