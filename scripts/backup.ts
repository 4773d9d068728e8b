import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { checkRestored } from '../src/backup-service.ts';
import { type Config, readConfig } from '../src/config.ts';
import { BackupError } from '../src/platform/backup/backup-error.ts';
import { listSnapshots } from '../src/platform/backup/catalog.ts';
import { type BackupDatabase, connectForBackup } from '../src/platform/backup/connect.ts';
import { type DrillOptions, drill } from '../src/platform/backup/drill.ts';
import { describe } from '../src/platform/backup/metadata.ts';
import { type TailOptions, tailOplog } from '../src/platform/backup/oplog-tail.ts';
import { secondsOf } from '../src/platform/backup/position.ts';
import { prune, readKeep } from '../src/platform/backup/retention.ts';
import { readBackupKey } from '../src/platform/backup/sealing.ts';
import { createSnapshot } from '../src/platform/backup/snapshot.ts';
import { backupStatus, verifyBackup } from '../src/platform/backup/verify.ts';
import { openStore } from '../src/platform/object-store/object-store.ts';
import { StoreError } from '../src/platform/object-store/store-error.ts';
import { openDatabaseServer } from '../src/platform/servers/database-server.ts';
import { findMongod } from '../src/platform/servers/mongod-binary.ts';
import { progressBar } from './support/progress.ts';
import { run, serverOptions } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

const AGAIN_MS = 5_000;

type Targets = { to: string[] };
type Source = { from: string };

const program = new Command('npm run backup --')
  .description(
    'Snapshots of the database and a copy of its oplog: every second since the oldest snapshot can be restored.',
  )
  .addHelpText(
    'after',
    '\nSTORE is a folder or s3://bucket/prefix. With BACKUP_KEY set, what is written is encrypted.',
  );

const collect = (value: string, before: string[] = []) => [...before, value];
const toStores = (command: Command) =>
  command.requiredOption('--to <store>', 'where to; may be given more than once', collect);

toStores(program.command('create').description('make a full snapshot, while writes go on')).action(create);
toStores(program.command('watch').description('copy the oplog as it grows, until it is stopped')).action(
  watch,
);
program.command('list').requiredOption('--from <store>', 'which backup').action(list);
program
  .command('verify')
  .description('restore into a server of its own, compare by hash and check the data')
  .requiredOption('--from <store>', 'which backup')
  .action(verify);
program
  .command('prune')
  .description('remove snapshots, and what of the oplog is older than the oldest kept one')
  .requiredOption('--from <store>', 'which backup')
  .requiredOption('--keep <rules>', 'such as daily=7,weekly=4,monthly=12')
  .action(removeOld);

const keyOf = ({ BACKUP_KEY }: Config) => (BACKUP_KEY === undefined ? null : readBackupKey(BACKUP_KEY));

async function withSource<R>(
  config: Config,
  work: (source: Awaited<ReturnType<typeof connectForBackup>>) => Promise<R>,
): Promise<R> {
  const server = await openDatabaseServer(serverOptions(config));
  try {
    const source = await connectForBackup(server.uri, config.MONGODB_DATABASE);
    return await work(source).finally(source.close);
  } finally {
    await server.stop();
  }
}

async function create({ to }: Targets) {
  const config = readConfig();
  const stores = to.map((url) => openStore(url, config));
  await withSource(config, async ({ db }) => {
    const bar = progressBar('snapshot', await totalOf(db));
    const snapshot = await createSnapshot(db, {
      ...{ stores, key: keyOf(config) },
      onProgress: bar.at,
      onFailure: tellOf,
    }).finally(bar.done);
    const documents = snapshot.collections.reduce((sum, { count }) => sum + count, 0);
    console.log(
      `✔ snapshot ${snapshot.id}: ${documents} documents of ${snapshot.collections.length} collections`,
    );
  });
}

/** The role `backup` may count, and may not ask for the figures of a database. */
async function totalOf(main: BackupDatabase['db']): Promise<number> {
  const all = await describe(main);
  const counts = all.map(({ db, metadata }) =>
    db.collection(metadata.collectionName).estimatedDocumentCount(),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

async function watch({ to }: Targets) {
  const config = readConfig();
  const stores = to.map((url) => openStore(url, config));
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const onSegment = (position: string, entries: number) =>
    console.log(`${secondsOf(position).toISOString()} ${entries} entries`);
  const database = config.MONGODB_DATABASE;
  const options = { database, key: keyOf(config), signal: stopping.signal, onSegment };
  await withSource(config, ({ client }) =>
    Promise.all(stores.map((store) => keepCopying(client, { ...options, store }))),
  );
}

/** One store that is away, or a MongoDB that changes its primary, stops no copy for good; a gap and a mistake do. */
async function keepCopying(client: BackupDatabase['client'], options: TailOptions): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await tailOplog(client, options);
    } catch (error) {
      if (error instanceof BackupError) return tellOf(options.store, error);
      console.error(`${options.store.url}: ${(error as Error).message}; trying again`);
      await sleep(AGAIN_MS, undefined, { signal: options.signal }).catch(() => {});
    }
  }
}

/** The copies to other stores go on. */
function tellOf({ url }: { url: string }, { message }: Error): void {
  console.error(`✖ ${url}: ${message}`);
  process.exitCode = 1;
}

function readNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It is a whole number from 1.');
}

async function tryOut(options: DrillOptions) {
  const { systemMongod, ...search } = serverOptions(readConfig());
  const mongod = await findMongod({ ...search, ...(systemMongod && { systemMongod }) });
  await drill(mongod, options, (round) => {
    const isEqual = round.unequal.length === 0;
    if (!isEqual) process.exitCode = 1;
    console.log(
      `${isEqual ? '✔' : '✖'} ${round.documents} documents, ${round.megabytes.toFixed(0)} MB stored: ` +
        `snapshot ${round.snapshotSeconds.toFixed(1)} s, copy of the oplog ${round.copySeconds.toFixed(1)} s behind, ` +
        `restored with ${round.entries} entries in ${round.restoreSeconds.toFixed(1)} s, ` +
        (isEqual ? 'all collections equal by hash' : `NOT equal: ${round.unequal.join(', ')}`),
    );
  });
}

async function list({ from }: Source) {
  const store = openStore(from, readConfig());
  for (const { id, time, collections, encrypted } of await listSnapshots(store)) {
    const documents = collections.reduce((sum, { count }) => sum + count, 0);
    const bytes = collections.reduce((sum, { data }) => sum + data.bytes, 0);
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(`${time}  ${id}  ${documents} documents  ${size}${encrypted ? '  encrypted' : ''}`);
  }
  const { reachesTo, lastVerified } = await backupStatus(store);
  console.log(
    `reaches to ${reachesTo?.toISOString() ?? 'nothing'}; verified ${lastVerified?.toISOString() ?? 'never'}`,
  );
}

async function removeOld({ from, keep }: Source & { keep: string }) {
  const { snapshots, segments, bytes } = await prune(openStore(from, readConfig()), readKeep(keep));
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(`✔ removed ${snapshots.length} snapshots and ${segments} segments of the oplog, ${size}`);
}

async function verify({ from }: Source) {
  const config = readConfig();
  const { systemMongod, ...search } = serverOptions(config);
  const mongod = await findMongod({ ...search, ...(systemMongod && { systemMongod }) });
  const options = {
    store: openStore(from, config),
    key: keyOf(config),
    mongod,
    now: () => new Date(),
    check: checkRestored,
  };
  const { snapshot, until, documents, entries } = await verifyBackup(options);
  console.log(
    `✔ ${snapshot} restored: ${documents} documents equal by hash, ${entries} entries on to ${until}, checked`,
  );
}
program
  .command('drill')
  .description('try backup and restore under writers, on a server of its own, and print figures')
  .option('--documents <n>', 'how many', readNumber, 60_000)
  .option('--bytes <n>', 'size of one, about', readNumber, 1_000)
  .option('--writers <n>', 'who write meanwhile', readNumber, 8)
  .option('--rounds <n>', 'how often', readNumber, 3)
  .action(tryOut);

await run(async () => {
  await program.parseAsync().catch((error) => {
    throw error instanceof BackupError || error instanceof StoreError ? new UsageError(error.message) : error;
  });
});
