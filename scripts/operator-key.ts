import { Command } from 'commander';
import { createOperatorKey } from '../src/domains/auth/operator-keys.ts';
import { run, withDatabase } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

const { replace, json } = new Command('npm run operator-key --')
  .description(
    'Makes the key of the platform’s operator, who opens and closes shops (header x-operator-key), and prints it this once. OPERATOR_KEY in the environment holds beside it.',
  )
  .option('--replace', 'make a new one though there is one; the old one no longer holds')
  .option('--json', 'print {"secret"}')
  .parse()
  .opts<{ replace?: true; json?: true }>();

await run(() =>
  withDatabase(async (database) => {
    const secret = await createOperatorKey(database.systemDb('make the operator key'), replace === true);
    if (secret === null) throw new UsageError('There is an operator key already; --replace makes another');
    console.log(json ? JSON.stringify({ secret }) : `${secret}\nKeep it now: nobody can read it again.`);
  }),
);
