import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../src/config.ts';
import { serverCacheDir } from '../src/platform/servers/binary-cache.ts';
import { findMongod } from '../src/platform/servers/mongod-binary.ts';
import { findRedisServer } from '../src/platform/servers/redis-binary.ts';
import { missedBy } from '../test/torture/figures.ts';
import { remarks, table, waitTables } from '../test/torture/report.ts';
import { SCENARIOS } from '../test/torture/scenarios/all.ts';
import { torture } from '../test/torture/torture.ts';
import type { Binaries } from '../test/torture/world.ts';
import { run } from './support/run.ts';

const SHORT_SECONDS = 3;
const LONG_SECONDS = 12;

type Options = {
  scenario?: string[];
  seconds?: number;
  workers: number;
  short?: true;
  json?: true;
};

const { scenario, seconds, workers, short, json } = new Command('npm run torture --')
  .description(
    'Kills, freezes and fails servers under load and counts what is wrong afterwards. It starts three mongods, a Redis and ' +
      'two processes of the API for itself, in a temporary folder; docs/reliability.md says what each scenario is for.',
  )
  .addOption(new Option('--scenario <names...>', 'only these').choices(SCENARIOS.map(({ name }) => name)))
  .option('--short', 'at most a minute: fewer scenarios and faults, and times are told but not judged')
  .option('--seconds <count>', 'how long buyers go on around each fault', number(1, 600))
  .option('--workers <count>', 'how many buy at the same time', number(1, 200), 16)
  .option('--json', 'print the figures as JSON')
  .addHelpText('after', '\nExit codes:\n  0  all marks are met\n  1  one is missed')
  .parse()
  .opts<Options>();

await run(async () => {
  const long = short !== true;
  const all = await torture(
    {
      scenarios: chosen(),
      binaries: await binaries(),
      workers,
      seconds: seconds ?? (long ? LONG_SECONDS : SHORT_SECONDS),
      short: !long,
      onStep: (line) => console.error(line),
    },
    (figures) => missedBy(figures, long).length === 0,
  );
  if (json)
    console.log(
      JSON.stringify(
        all.map((one) => ({ ...one, missed: missedBy(one, long) })),
        null,
        2,
      ),
    );
  else console.log([table(all, long), ...waitTables(all), ...remarks(all, long)].join('\n'));
  if (all.some((one) => missedBy(one, long).length > 0)) process.exitCode = 1;
});

function chosen() {
  return SCENARIOS.filter((one) => (scenario ? scenario.includes(one.name) : one.short || !short));
}

async function binaries(): Promise<Binaries> {
  const config = readConfig();
  const search = {
    path: config.PATH,
    cacheDir: serverCacheDir(config),
    report: (line: string) => console.error(line),
  };
  const { MONGOMS_SYSTEM_BINARY: systemMongod } = config;
  return {
    mongod: await findMongod({ ...search, ...(systemMongod && { systemMongod }) }),
    redis: await findRedisServer(search),
  };
}

function number(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}
