import { Command, Option } from 'commander';
import type { ObjectId } from 'mongodb';
import { placedCollections } from '../src/domains/registry.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { tenantCollectionsIn } from '../src/platform/mongo/moving/copying.ts';
import { abortMove, MoveError, type MoveOptions, moveTenant } from '../src/platform/mongo/moving/move.ts';
import { placeFor } from '../src/platform/mongo/placements.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { tenant: string; to?: 'dedicated' | 'shared'; dryRun?: true; abort?: true };

const TOLD_EVERY = 10_000;

const options = new Command('npm run place --')
  .description('Moves a shop to a database of its own, or back to the shared one, while it is open.')
  .requiredOption('--tenant <subdomain>', 'which shop')
  .addOption(new Option('--to <place>', 'where to').choices(['dedicated', 'shared']))
  .option('--dry-run', 'show what would be moved, and change nothing')
  .option('--abort', 'give up a move that was ended half-way')
  .addHelpText('after', '\nStopped or killed anywhere, the next run finishes the move; --abort gives it up.')
  .parse()
  .opts<Options>();

await run(() =>
  withDatabase((database) =>
    place(database, options).catch((error: unknown) => {
      throw error instanceof MoveError ? new UsageError(error.message) : error;
    }),
  ),
);

async function place(database: Database, { tenant, to, dryRun, abort }: Options): Promise<void> {
  const { _id } = await openTenant(database, { subdomain: tenant });
  if (abort) {
    const isGivenUp = await abortMove(database, _id);
    return console.log(isGivenUp ? '✔ the move is given up' : '✔ no move is under way');
  }
  if (!to) throw new UsageError('Say where to: --to dedicated or --to shared');
  const target = to === 'dedicated' ? placeFor(_id) : null;
  if (dryRun) return tell(database, _id, target);
  await moveTenant({ database, tenantId: _id, to: target, declared: placedCollections, onStep: teller() });
  console.log(`✔ ${tenant} lives in ${database.places.dbOf(_id).databaseName}`);
}

async function tell({ places }: Database, tenantId: ObjectId, target: string | null): Promise<void> {
  const from = places.dbOf(tenantId);
  let documents = 0;
  for (const name of await tenantCollectionsIn(from))
    documents += await from.collection(name).countDocuments({ tenantId });
  console.log(`${documents} documents of ${from.databaseName} to ${places.at(target).databaseName}`);
}

/** Each step, and now and then how far the copying is. */
function teller(): MoveOptions['onStep'] {
  let told = 0;
  return (step, documents) => {
    if (step === 'COPYING' && documents > 0 && documents - told < TOLD_EVERY) return;
    told = documents;
    console.error(documents > 0 ? `${step}: ${documents} documents` : step);
  };
}
