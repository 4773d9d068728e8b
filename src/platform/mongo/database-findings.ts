import type { Db, Document } from 'mongodb';
import { type Finding, orWrong, warned, well, wrong } from '../finding.ts';
import { type DeclaredDatabase, planInstallation } from './installation.ts';
import { migrationStatus } from './migration-status.ts';

const HOUR_S = 3_600;
const LEAST_OPLOG_HOURS = 24;
const MOST_APART_MS = 1_000;
const RIGHTS = 'Give the database user the role clusterMonitor, or ask on the server';

/** All that can be seen of a database that answers, and of those beside it in which shops live. */
export const databaseFindings = (db: Db, databases: Promise<DeclaredDatabase[]>): Promise<Finding[]> =>
  Promise.all([
    orWrong('MongoDB version', () => version(db), 'MongoDB 6.0 to 8.x'),
    orWrong('Compatibility', () => compatibility(db), RIGHTS),
    orWrong('Replica set', () => replicaSet(db), RIGHTS),
    orWrong('Write concern', () => writeConcern(db), RIGHTS),
    orWrong('Clock', () => clock(db), 'Set both clocks by NTP'),
    orWrong('Oplog', () => oplogWindow(db), RIGHTS),
    orWrong('Indexes', async () => indexes(await databases), 'Run npm run indexes'),
    orWrong('Migrations', async () => migrations(await databases), 'Run npm run migrate -- up'),
  ]);

async function version(db: Db): Promise<Finding> {
  const { version } = await db.admin().buildInfo();
  const major = Number(String(version).split('.', 1)[0]);
  return major >= 6 && major <= 8
    ? well('MongoDB version', version)
    : wrong('MongoDB version', `${version} is not one that Souk works on`, 'Use MongoDB 6.0 to 8.x');
}

async function compatibility(db: Db): Promise<Finding> {
  const { featureCompatibilityVersion } = await db
    .admin()
    .command({ getParameter: 1, featureCompatibilityVersion: 1 });
  const level = String(featureCompatibilityVersion?.version);
  const { version } = await db.admin().buildInfo();
  return String(version).startsWith(`${level}.`)
    ? well('Compatibility', `features of ${level}`)
    : warned(
        'Compatibility',
        `the server is ${version}, its features are of ${level}`,
        'After an upgrade that stays: setFeatureCompatibilityVersion',
      );
}

async function replicaSet(db: Db): Promise<Finding> {
  const hello: Document = await db.admin().command({ hello: 1 });
  if (hello.msg === 'isdbgrid') return well('Replica set', 'a sharded cluster, by mongos');
  if (!hello.setName)
    return wrong('Replica set', 'a single server', 'Start mongod with --replSet and run rs.initiate()');
  const { hosts = [], primary, setName } = hello;
  if (!primary) return wrong('Replica set', `${setName} has no primary`, 'Look at rs.status()');
  const says = `${setName}, ${hosts.length} ${hosts.length === 1 ? 'member' : 'members'}, primary ${primary}`;
  return hosts.length >= 3
    ? well('Replica set', says)
    : warned('Replica set', says, 'One machine that fails stops the shop: three members keep it open');
}

async function writeConcern(db: Db): Promise<Finding> {
  const { defaultWriteConcern } = await db.admin().command({ getDefaultRWConcern: 1 });
  const w = defaultWriteConcern?.w ?? 'majority';
  return w === 'majority'
    ? well('Write concern', 'majority, as Souk asks for with each write')
    : warned(
        'Write concern',
        `the default of the server is w: ${w}; Souk asks for majority itself`,
        'Other programs are safe with db.adminCommand({ setDefaultRWConcern: 1, defaultWriteConcern: { w: "majority" } })',
      );
}

async function clock(db: Db): Promise<Finding> {
  const asked = Date.now();
  const { localTime } = await db.admin().command({ hello: 1 });
  const apart = Math.abs(localTime.getTime() - (asked + Date.now()) / 2);
  const says = `${Math.round(apart)} ms from that of MongoDB`;
  return apart <= MOST_APART_MS
    ? well('Clock', says)
    : wrong('Clock', says, 'Set both clocks by NTP: prices, reservations and leases go by them');
}

async function oplogWindow(db: Db): Promise<Finding> {
  const oplog = db.client.db('local').collection('oplog.rs');
  const options = { projection: { ts: 1 }, limit: 1, maxTimeMS: 5_000 };
  const [[first], [last]] = await Promise.all([
    oplog.find({}, { ...options, sort: { $natural: 1 } }).toArray(),
    oplog.find({}, { ...options, sort: { $natural: -1 } }).toArray(),
  ]);
  if (!first || !last) return warned('Oplog', 'cannot be seen', 'On a sharded cluster, ask each shard');
  const { size, maxSize } = await oplog
    .aggregate<{ size: number; maxSize: number }>([
      { $collStats: { storageStats: {} } },
      { $project: { size: '$storageStats.size', maxSize: '$storageStats.maxSize' } },
    ])
    .next()
    .then((found) => found ?? { size: 0, maxSize: 0 });
  const hours = (last.ts.getHighBits() - first.ts.getHighBits()) / HOUR_S;
  const says = `${hours.toFixed(1)} h, ${Math.round((100 * size) / maxSize)} % full`;
  // One that is not full yet has not thrown anything away.
  return hours >= LEAST_OPLOG_HOURS || size < 0.9 * maxSize
    ? well('Oplog', says)
    : warned(
        'Oplog',
        says,
        `Members and backups that were away for longer start anew: replSetResizeOplog, for ${LEAST_OPLOG_HOURS} h`,
      );
}

async function indexes(databases: DeclaredDatabase[]): Promise<Finding> {
  const plans = await planInstallation(databases);
  const missing = plans.filter(({ steps }) => steps.length > 0).map(({ collection }) => collection);
  const extra = plans.flatMap(({ collection, extra }) => extra.map(({ name }) => `${collection}.${name}`));
  if (missing.length > 0)
    return wrong(
      'Indexes',
      `not as declared in ${missing.join(', ')}`,
      'Run npm run indexes; --plan shows it first',
    );
  return extra.length > 0
    ? warned('Indexes', `declared nowhere: ${extra.join(', ')}`, 'npm run indexes -- --drop-extra drops them')
    : well('Indexes', `${plans.length} collections are as declared`);
}

async function migrations(databases: DeclaredDatabase[]): Promise<Finding> {
  const all = (await Promise.all(databases.map(({ db }) => migrationStatus(db)))).flat();
  const open = all.filter(({ state }) => state !== 'applied');
  const pending = open.filter(({ state }) => state === 'pending' || state === 'rolled back');
  if (open.length === 0)
    return well('Migrations', `all ${new Set(all.map(({ version }) => version)).size} are applied`);
  const says = open.map(({ version, state }) => `${version} (${state})`).join(', ');
  return pending.length > 0
    ? wrong('Migrations', says, 'Run npm run migrate -- up')
    : warned('Migrations', says, 'Put the files back as they were: npm run migrate -- status shows them');
}
