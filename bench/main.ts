import { Command } from 'commander';
import { run } from '../scripts/support/run.ts';
import { contests, hold } from './contests.ts';
import { pinBeside } from './processes.ts';
import { circumstances, outcomeOf, table } from './report.ts';
import { withServers } from './servers.ts';
import { withBenchDatabase } from './shop-database.ts';

type Options = {
  products: number;
  rounds: number;
  seconds: number;
  warm: number;
  only?: string[];
  json?: true;
  profile?: string;
};

const say = (line: string) => console.error(line);

new Command('npm run bench --')
  .description('Measures the API against the floor: the same answers from bare node:http and the driver.')
  .option('--products <n>', 'how many products there are', Number, 10_000)
  .option('--rounds <n>', 'how often each is driven', Number, 5)
  .option('--seconds <n>', 'how long a round takes', Number, 4)
  .option('--warm <n>', 'for how many seconds each is driven beforehand', Number, 6)
  .option('--only <names>', 'only these, such as Q1,Q5', (names) => names.split(','))
  .option('--json', 'print one JSON object instead of a table')
  .option('--profile <folder>', 'write a CPU profile of the API into this folder')
  .action((options: Options) => run(() => compare(options)))
  .parse();

async function compare({ products, rounds, seconds, warm, only, json, profile }: Options) {
  pinBeside(process.pid);
  const nodeOptions = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  await withBenchDatabase(products, say, (bench) =>
    withServers(bench, { nodeOptions }, async (servers) => {
      const outcomes = [];
      for (const contest of contests.filter(({ operation }) => only?.includes(operation.name) ?? true)) {
        say(`${contest.name}: ${rounds} rounds of ${seconds} s each`);
        outcomes.push(outcomeOf(await hold(contest, servers, bench, { rounds, seconds, warmSeconds: warm })));
      }
      const where = circumstances(bench.mongodb, products);
      if (json) console.log(JSON.stringify({ ...where, outcomes }, null, 2));
      else console.log(`${JSON.stringify(where)}\n\n${table(outcomes)}`);
      if (outcomes.some(({ met }) => !met)) process.exitCode = 1;
    }),
  );
}
