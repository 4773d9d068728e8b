import { Command } from 'commander';
import { run } from '../scripts/support/run.ts';
import { compare } from './compare.ts';
import { short } from './short.ts';

const names = (text: string) => text.split(',');

new Command('npm run bench --')
  .description('Measures the API against the floor: the same answers from bare node:http and the driver.')
  .option('--products <n>', 'how many products there are', Number, 10_000)
  .option('--rounds <n>', 'how often each is driven', Number, 5)
  .option('--seconds <n>', 'how long a round takes', Number, 4)
  .option('--warm <n>', 'for how many seconds each is driven beforehand', Number, 6)
  .option('--only <names>', 'only these, such as Q1,M1', names)
  .option('--json', 'print one JSON object instead of a table', false)
  .option('--short', 'only count commands and look at plans: no times, as in CI')
  .action(({ short: isShort, ...options }) => run(() => (isShort ? short() : compare(options))))
  .parse();
