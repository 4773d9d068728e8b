import { Command } from 'commander';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { installationOf } from '../src/installation.ts';
import { type Finding, lineOf, well, wrong } from '../src/platform/finding.ts';
import { openRawDatabase } from '../src/platform/mongo/client.ts';
import { databaseFindings } from '../src/platform/mongo/database-findings.ts';
import { lookingDb } from '../src/platform/mongo/system-db.ts';
import { backup, worker } from './support/doctor/beside.ts';
import { diskFree, nodeVersion, secrets } from './support/doctor/machine.ts';
import { mongodbUri, redis, shownUri } from './support/doctor/servers.ts';
import { run } from './support/run.ts';

/** A server that is not there within this time is away. */
const PATIENCE_MS = 3_000;

const { json } = new Command('npm run doctor --')
  .description('Looks at all that Souk needs, and says what helps where something is wrong. Changes nothing.')
  .option('--json', 'print one JSON object')
  .addHelpText('after', '\nExit codes:\n  0  nothing is wrong; ! are warnings\n  1  something is wrong (✖)')
  .parse()
  .opts<{ json?: true }>();

await run(async () => {
  const findings = [nodeVersion(), ...(await configured())];
  const wrongs = findings.filter(({ mark }) => mark === '✖').length;
  if (json) console.log(JSON.stringify({ ok: wrongs === 0, findings }, null, 2));
  else for (const finding of findings) console.log(lineOf(finding));
  if (wrongs > 0) process.exitCode = 1;
});

async function configured(): Promise<Finding[]> {
  const config = configOr();
  if ('mark' in config) return [config];
  const rest = Promise.all([redis(config), diskFree(config), backup(config)]);
  return [
    well('Environment', 'each value can be used'),
    ...secrets(config),
    ...(await database(config)),
    ...(await rest),
  ];
}

function configOr(): Config | Finding {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return wrong('Environment', error.message, '.env.example says what each value may be');
  }
}

async function database(config: Config): Promise<Finding[]> {
  const uri = await mongodbUri(config);
  if (!uri) {
    const says = `MONGODB_URI is not set, and no MongoDB of ${config.DATA_DIR} is running`;
    return [wrong('MongoDB', says, 'npm start brings one; for a deployment, set MONGODB_URI')];
  }
  const where = { uri, name: config.MONGODB_DATABASE, patienceMs: PATIENCE_MS };
  const opened = await openRawDatabase(where).catch((error: Error) => error);
  if (opened instanceof Error)
    return [
      wrong(
        'MongoDB',
        `${shownUri(uri)}: ${opened.message}`,
        'Is MONGODB_URI right, and does the server run?',
      ),
    ];
  try {
    return [
      well('MongoDB', `answers at ${shownUri(uri)}`),
      ...(await databaseFindings(opened.db, installationOf(opened.db))),
      await worker(lookingDb(opened.db, 'npm run doctor')),
    ];
  } finally {
    await opened.close();
  }
}
