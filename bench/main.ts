import { Command } from 'commander';
import { run } from '../scripts/support/run.ts';
import { answerCache } from './answer-cache.ts';
import { compare } from './compare.ts';
import { cores } from './cores.ts';
import { fanOut } from './fan-out.ts';
import { memory } from './memory.ts';
import { profile } from './profile.ts';
import { projection } from './projection.ts';
import { reservationForms } from './reservation-forms.ts';
import { restarts } from './restarts.ts';
import { scale } from './scale.ts';
import { short } from './short.ts';
import { start } from './start.ts';

const words = (text: string) => text.split(',');
const numbers = (text: string) => words(text).map(Number);

const inOneShop = (command: Command) =>
  command
    .option('--products <n>', 'how many products there are', Number, 10_000)
    .option('--json', 'print one JSON object instead of a table', false);

const inRounds = (command: Command) =>
  inOneShop(command)
    .option('--rounds <n>', 'how often each side is driven', Number, 5)
    .option('--seconds <n>', 'how long a round takes', Number, 4);

const warmed = (command: Command) =>
  command.option('--warm <n>', 'for how many seconds each server is driven beforehand', Number, 6);

const bench = new Command('npm run bench --').enablePositionalOptions();

warmed(inRounds(bench))
  .description('Measures the API against the floor: the same answers from bare node:http and the driver.')
  .option('--only <names>', 'only these, such as Q1,M1', words)
  .option('--short', 'only count commands and look at plans, as in CI: no times')
  .action(({ short: isShort, ...options }) => run(() => (isShort ? short() : compare(options))));

bench
  .command('scale')
  .description('Shows how each request grows with the catalogue.')
  .option('--sizes <numbers>', 'of the catalogue', numbers, [1_000, 10_000, 100_000, 1_000_000])
  .option('--json', 'print one JSON object instead of a table', false)
  .action((options) => run(() => scale(options)));

warmed(inRounds(bench.command('cores')))
  .description('Measures two workers of the API against one.')
  .action((options) => run(() => cores(options)));

inOneShop(bench.command('start'))
  .description('Measures the time from npm run serve to ready.')
  .option('--times <n>', 'how often', Number, 5)
  .action((options) => run(() => start(options)));

inOneShop(bench.command('memory'))
  .description('Shows what the API holds under full load, minute by minute.')
  .option('--minutes <n>', 'for how long', Number, 10)
  .action((options) => run(() => memory(options)));

warmed(inOneShop(bench.command('profile')))
  .description('Shows where the CPU of the API goes.')
  .option('--only <names>', 'of which queries', words, ['Q1', 'Q2', 'Q5'])
  .option('--seconds <n>', 'how long each is recorded', Number, 10)
  .action((options) => run(() => profile(options)));

inRounds(bench.command('projection'))
  .description('Measures reading whole fields of products against reading only the paths that are shown.')
  .action((options) => run(() => projection(options)));

warmed(inRounds(bench.command('answer-cache')))
  .description(
    'Measures product pages out of the answer cache against the floor, and how soon a change is answered.',
  )
  .option('--changes <n>', 'how many products are changed', Number, 500)
  .action((options) => run(() => answerCache(options)));

bench
  .command('fan-out')
  .description(
    'Measures the time until each of many subscribers of one process has heard of a change, and whether its memory grows.',
  )
  .option('--subscribers <n>', 'how many there are', Number, 2_000)
  .option('--per-second <n>', 'how many changes a second', Number, 2)
  .option('--minutes <n>', 'for how long', Number, 0.5)
  .option('--json', 'print one JSON object', false)
  .action(({ minutes, ...options }) =>
    run(() => fanOut({ products: 100, seconds: 60 * minutes, ...options })),
  );

bench
  .command('restarts')
  .description('Stops and kills a process under writes, and counts what its subscribers never hear of.')
  .option('--times <n>', 'how often', Number, 20)
  .option('--subscribers <n>', 'how many there are', Number, 50)
  .option('--json', 'print one JSON object', false)
  .action((options) => run(() => restarts({ products: 100, ...options })));

bench
  .command('reservation-forms')
  .description('Measures the ways in which stock can be reserved against each other.')
  .action(() => run(reservationForms));

await bench.parseAsync();
