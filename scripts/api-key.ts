import { Command, InvalidArgumentError } from 'commander';
import { ObjectId } from 'mongodb';
import { createApiKey, listApiKeys, revokeApiKey } from '../src/domains/auth/api-keys.ts';
import type { ApiKey } from '../src/domains/auth/collections.ts';
import { PERMISSIONS } from '../src/domains/auth/permissions.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { tenant: string; json?: true };
type CreateOptions = Options & { name: string; scopes: string[]; expires?: Date };

const command = new Command('npm run api-key --').description(
  'Makes, lists and revokes the API keys with which programs reach a shop (header x-api-key).',
);
add('create')
  .description('make a key and print its secret, which is shown this once')
  .requiredOption(
    '--scopes <names>',
    `permissions, with commas between: ${PERMISSIONS.join(',')}`,
    readScopes,
  )
  .option('--name <text>', 'what it is for', 'command line')
  .option('--expires <date>', 'when it ends by itself: 2027-01-31', readDate)
  .action((options: CreateOptions) => inShop(options, (db) => create(db, options)));
add('list')
  .description('list the keys, newest first, without their secrets')
  .action((options: Options) => inShop(options, (db) => list(db, options)));
add('revoke')
  .description('end a key at once')
  .argument('<id>', 'the id that list shows')
  .action((id: string, options: Options) => inShop(options, (db) => revoke(db, id, options)));
await command.parseAsync();

function add(name: string) {
  return command
    .command(name)
    .requiredOption('--tenant <subdomain>', 'the shop')
    .option('--json', 'print the result as JSON');
}

function readScopes(given: string): string[] {
  return given
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

function readDate(given: string): Date {
  const date = new Date(given);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('A date looks like 2027-01-31.');
  return date;
}

function inShop({ tenant }: Options, work: (db: TenantDb) => Promise<void>) {
  return run(() =>
    withDatabase(async (database) => {
      const shop = await openTenant(database, { subdomain: tenant });
      await work(database.tenantDb(shop._id));
    }),
  );
}

async function create(db: TenantDb, { name, scopes, expires = undefined, json }: CreateOptions) {
  const { key, secret } = await createApiKey(db, { name, scopes, expiresAt: expires });
  const id = key._id.toHexString();
  console.log(
    json
      ? JSON.stringify({ id, secret })
      : `✔ ${id}\n${secret}\nIt may ${key.scopes.join(', ')}. Keep it now: nobody can read it again.`,
  );
}

async function list(db: TenantDb, { json }: Options) {
  const keys = (await listApiKeys(db)).map(shown);
  if (json) return console.log(JSON.stringify(keys, null, 2));
  for (const { id, name, scopes, state } of keys)
    console.log(`${id}  ${state}  ${name}  ${scopes.join(',')}`);
  if (keys.length === 0) console.log('There are no keys yet');
}

function shown({ _id, name, scopes, createdAt, expiresAt, revokedAt, lastUsedAt }: ApiKey) {
  const state = revokedAt ? 'revoked' : expiresAt && expiresAt <= new Date() ? 'expired' : 'holds';
  return { id: _id.toHexString(), name, scopes, state, createdAt, expiresAt, lastUsedAt };
}

async function revoke(db: TenantDb, id: string, { json }: Options) {
  if (!ObjectId.isValid(id)) throw new UsageError(`"${id}" is no id of a key; list shows them`);
  if (!(await revokeApiKey(db, new ObjectId(id))))
    throw new UsageError(`There is no key ${id} that holds; list shows them`);
  console.log(json ? JSON.stringify({ id, revoked: true }) : `✔ ${id} is refused within five seconds`);
}
