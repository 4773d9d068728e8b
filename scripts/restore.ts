import { Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../src/config.ts';
import { tenants } from '../src/domains/tenants/collections.ts';
import { BackupError } from '../src/platform/backup/backup-error.ts';
import { type BackupDatabase, connectForBackup } from '../src/platform/backup/connect.ts';
import { secondsOf } from '../src/platform/backup/position.ts';
import { planRestore, restoreDatabase } from '../src/platform/backup/restore.ts';
import type { BackupFiles, RestorePlan } from '../src/platform/backup/restore-files.ts';
import { copyTenant } from '../src/platform/backup/restore-tenant.ts';
import { onScratchServer } from '../src/platform/backup/scratch.ts';
import { readBackupKey } from '../src/platform/backup/sealing.ts';
import { isTenantCollection } from '../src/platform/mongo/collection.ts';
import { openStore } from '../src/platform/object-store/object-store.ts';
import { StoreError } from '../src/platform/object-store/store-error.ts';
import { openDatabaseServer } from '../src/platform/servers/database-server.ts';
import { findMongod } from '../src/platform/servers/mongod-binary.ts';
import '../src/domains/registry.ts';
import { progressBar } from './support/progress.ts';
import { run, serverOptions } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

type Options = {
  from: string;
  to: Date | 'latest';
  tenant?: string;
  into?: string;
  force?: true;
  dryRun?: true;
};

const options = new Command('npm run restore --')
  .description('Makes the database, or one shop in it, what it was at a point in time.')
  .requiredOption('--from <store>', 'a folder or s3://bucket/prefix')
  .requiredOption('--to <time>', 'such as 2026-11-25T09:30:00Z, that second included; or latest', readTime)
  .option('--tenant <subdomain>', 'only this shop; the others are left as they are')
  .option('--into <uri>', 'another MongoDB than MONGODB_URI; the database is MONGODB_DATABASE')
  .option('--force', 'overwrite what is there')
  .option('--dry-run', 'show what would be restored, and change nothing')
  .parse()
  .opts<Options>();

function readTime(text: string): Date | 'latest' {
  if (text === 'latest') return text;
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError('It is latest, or a time with its zone such as 2026-11-25T09:30:00Z.');
}

await run(async () => {
  await restore(readConfig()).catch((error) => {
    throw error instanceof BackupError || error instanceof StoreError ? new UsageError(error.message) : error;
  });
});

async function restore(config: Config) {
  const store = openStore(options.from, config);
  const plan = await planRestore(store, options.to);
  const key = config.BACKUP_KEY === undefined ? null : readBackupKey(config.BACKUP_KEY);
  const { snapshot, segments } = plan;
  console.error(`snapshot ${snapshot.id}, then ${segments.length} segments of the oplog`);
  if (options.dryRun) return console.log('✔ that can be restored; nothing was changed');
  const source = { store, key };
  await withTarget(config, (target) =>
    options.tenant === undefined
      ? restoreAll(target, plan, source)
      : restoreShop(config, target, plan, source, options.tenant),
  );
}

async function withTarget(config: Config, work: (target: BackupDatabase) => Promise<void>) {
  const mongodbUri = options.into ?? config.MONGODB_URI;
  const server = await openDatabaseServer({ ...serverOptions(config), ...(mongodbUri && { mongodbUri }) });
  try {
    const target = await connectForBackup(server.uri, config.MONGODB_DATABASE);
    await work(target).finally(target.close);
  } finally {
    await server.stop();
  }
}

async function restoreAll({ db }: BackupDatabase, plan: RestorePlan, from: BackupFiles) {
  const result = await shown(plan, (onProgress) =>
    restoreDatabase(db, plan, { ...from, onProgress, force: options.force ?? false }),
  );
  const until = secondsOf(result.until).toISOString();
  const to = options.to === 'latest' ? until : options.to.toISOString();
  console.log(
    `✔ ${result.documents} documents and ${result.entries} entries of the oplog, as it was at ${to}`,
  );
}

type Report = (done: number, total: number, what: string) => void;

async function shown<R>(plan: RestorePlan, work: (onProgress: Report) => Promise<R>): Promise<R> {
  const documents = plan.snapshot.collections.reduce((sum, { count }) => sum + count, 0);
  // A segment weighs as much as a thousand documents, roughly.
  const bar = progressBar('restore', documents + 1_000 * plan.segments.length);
  const onProgress: Report = (done, _, what) => bar.at(what === 'oplog' ? documents + 1_000 * done : done);
  return work(onProgress).finally(bar.done);
}

/** Entries of the oplog name a changed document by its _id alone: the whole is restored beside, and the shop taken out. */
async function restoreShop(
  config: Config,
  target: BackupDatabase,
  plan: RestorePlan,
  from: BackupFiles,
  shop: string,
) {
  const { systemMongod, ...search } = serverOptions(config);
  const binary = await findMongod({ ...search, ...(systemMongod && { systemMongod }) });
  await onScratchServer(binary, async (uri) => {
    const scratch = await connectForBackup(uri, plan.snapshot.database);
    try {
      await shown(plan, (onProgress) => restoreDatabase(scratch.db, plan, { ...from, onProgress }));
      const found = await scratch.db.collection(tenants.name).findOne({ subdomain: shop });
      if (!found) throw new BackupError(`There was no shop "${shop}" then`);
      const copy = { tenantId: found._id, isTenantCollection, force: options.force ?? false };
      const { documents, collections } = await copyTenant(scratch.db, target.db, copy);
      console.log(`✔ the shop ${shop}: ${documents} documents in ${collections} collections`);
    } finally {
      await scratch.close();
    }
  });
}
