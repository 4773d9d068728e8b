import { Command } from 'commander';
import { run } from '../scripts/support/run.ts';
import { compare } from './compare.ts';
import { type FanOutOptions, fanOut } from './fan-out.ts';
import { short } from './short.ts';

const names = (text: string) => text.split(',');

const bench = new Command('npm run bench --')
  .description('Measures the API against the floor: the same answers from bare node:http and the driver.')
  .option('--products <n>', 'how many products there are', Number, 10_000)
  .option('--rounds <n>', 'how often each is driven', Number, 5)
  .option('--seconds <n>', 'how long a round takes', Number, 4)
  .option('--warm <n>', 'for how many seconds each is driven beforehand', Number, 6)
  .option('--only <names>', 'only these, such as Q1,M1', names)
  .option('--json', 'print one JSON object instead of a table', false)
  .option('--short', 'only count commands and look at plans: no times, as in CI')
  .action(({ short: isShort, ...options }) => run(() => (isShort ? short() : compare(options))));

bench
  .command('fan-out')
  .description(
    'Measures how long it takes until each of many subscribers of one process has heard of a change.',
  )
  .option('--subscribers <n>', 'how many there are', Number, 2_000)
  .option('--per-second <n>', 'how many changes a second', Number, 2)
  .option('--for <seconds>', 'for how long', Number, 30)
  .action(({ subscribers, perSecond, for: seconds }) => {
    const options: FanOutOptions = { products: 100, subscribers, perSecond, seconds };
    return run(() => fanOut(options));
  });

await bench.parseAsync();
