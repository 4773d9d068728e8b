import { Command } from 'commander';
import { installationOf } from '../src/installation.ts';
import { applyIndexes, type CollectionOutcome } from '../src/platform/mongo/indexes.ts';
import { type DeclaredDatabase, nameIn, planInstallation } from '../src/platform/mongo/installation.ts';
import { asJson, extraLine, outcomeLines, planLines, progressText } from './support/index-report.ts';
import { withRawDatabase } from './support/raw-database.ts';
import { run } from './support/run.ts';

const command = new Command('npm run indexes --')
  .description(
    'Brings collections, validators and indexes to what the code declares, waits until they are built, and verifies it.',
  )
  .option('--plan', 'show what is to be done, and change nothing')
  .option('--json', 'print one JSON object instead of lines')
  .option('--drop-extra', 'drop indexes that are declared nowhere, once all others are there')
  .addHelpText(
    'after',
    `
Indexes that are declared nowhere are reported, and kept without --drop-extra. One that is there but
otherwise than declared stays until the new one is built beside it; where MongoDB allows no two such,
nothing is done and the way out is said.

Exit codes:
  0  everything is as declared (with --plan: nothing is to be done)
  1  something failed or cannot be done; what could be done is done, and nothing was dropped for it
  2  with --plan: there is something to do`,
  )
  .parse();
const { plan: onlyPlan, json, dropExtra } = command.opts<{ plan?: true; json?: true; dropExtra?: true }>();

const say = (line: string) => {
  if (!json) console.log(line);
};

await run(() =>
  withRawDatabase(async (main) => {
    const databases = await installationOf(main);
    const plans = await planInstallation(databases);
    const results: CollectionOutcome[] = [];
    if (!onlyPlan) for (const database of databases) results.push(...(await apply(database)));
    const remaining = onlyPlan ? plans : await planInstallation(databases);
    if (json) console.log(JSON.stringify(asJson(plans, results, remaining), null, 2));
    conclude(plans, remaining);
  }),
);

async function apply(database: DeclaredDatabase): Promise<CollectionOutcome[]> {
  const results = await applyIndexes(database.db, database.declared, {
    dropExtra: dropExtra === true,
    onDone: (collection, outcome) => outcomeLines(nameIn(database, collection), outcome).forEach(say),
    onProgress: (progress) => console.error(progressText(progress)),
  });
  const named = results.map((result) => ({ ...result, collection: nameIn(database, result.collection) }));
  for (const { collection, dropped } of named) {
    for (const name of dropped) say(`✔ ${collection}: dropped ${name}`);
  }
  return named;
}

type Plans = Awaited<ReturnType<typeof planInstallation>>;

function conclude(plans: Plans, remaining: Plans): void {
  const todo = remaining.flatMap(({ steps }) => steps);
  if (onlyPlan) for (const line of plans.flatMap(planLines)) say(line);
  else
    for (const { collection, extra } of remaining)
      for (const index of extra) say(extraLine(collection, index));
  if (todo.length === 0) say(`✔ ${remaining.length} collections are as declared`);
  else if (onlyPlan) say(`${todo.length} to do; npm run indexes does it`);
  else console.error(`✖ ${todo.length} not done`);
  if (todo.length > 0) process.exitCode = onlyPlan ? 2 : 1;
}
