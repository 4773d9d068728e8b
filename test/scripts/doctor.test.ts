import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Timestamp } from 'mongodb';
import { expect, inject, it, onTestFinished } from 'vitest';
import { prepareDatabase } from '../../scripts/support/prepare-database.ts';
import { collections } from '../../src/domains/registry.ts';
import type { WebhookFeed } from '../../src/domains/webhooks/documents.ts';
import { tokenAt } from '../../src/platform/events/token.ts';
import { openTestDatabase, rawDb } from '../support/mongo.ts';

type Finding = { check: string; mark: string; says: string; remedy?: string };

function doctor(environment: Record<string, string>, ...args: string[]) {
  const { MONGODB_URI: _, REDIS_URL: __, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/doctor.ts', ...args], {
    env: { ...rest, ...environment },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { status, out: stdout };
}

const findingsOf = (out: string): Finding[] => JSON.parse(out).findings;

const marksOf = (out: string) => Object.fromEntries(findingsOf(out).map(({ check, mark }) => [check, mark]));

it('finds a database in order well, and says what is missing once it is not', async () => {
  const database = await openTestDatabase();
  const environment = { MONGODB_URI: inject('mongoUri'), MONGODB_DATABASE: database.name };
  await prepareDatabase(environment.MONGODB_URI, database.name);
  const well = doctor(environment, '--json');
  expect(marksOf(well.out)).toMatchObject({
    ...{ Node: '✔', Environment: '✔', MongoDB: '✔', 'MongoDB version': '✔', Clock: '✔', Oplog: '✔' },
    ...{ Indexes: '✔', Migrations: '✔', 'Write concern': '✔', Compatibility: '✔' },
  });
  expect(findingsOf(well.out).find(({ check }) => check === 'Replica set')?.says).toContain('primary');

  const [first] = collections.filter(({ indexes }) => indexes.length > 0);
  await rawDb(database).collection(String(first?.name)).dropIndexes();
  await rawDb(database).collection('schema_migrations').deleteMany({});
  const broken = doctor(environment);
  expect(broken.status).toBe(1);
  expect(broken.out).toMatch(new RegExp(`✖ Indexes: .*${first?.name}\\n +Run npm run indexes`));
  expect(broken.out).toMatch(/✖ Migrations: .*pending.*\n +Run npm run migrate -- up/);
});

it('says whether events are handed to webhooks, and how old the backup is', async () => {
  const database = await openTestDatabase();
  const BACKUP_TO = await mkdtemp(join(tmpdir(), 'souk-doctor-'));
  onTestFinished(() => rm(BACKUP_TO, { recursive: true }));
  const environment = { MONGODB_URI: inject('mongoUri'), MONGODB_DATABASE: database.name };
  const feed = { owner: null, fence: 1, leasedUntil: new Date(0), at: new Date() };
  const reachedAt = (at: number) => {
    const token = tokenAt(new Timestamp({ t: Math.floor(at / 1_000), i: 1 }));
    return rawDb(database)
      .collection<WebhookFeed>('webhook_feed')
      .replaceOne({ _id: 'outbox' }, { ...feed, token }, { upsert: true });
  };
  const linesOf = (more: Record<string, string> = {}) => {
    const found = findingsOf(doctor({ ...environment, ...more }, '--json').out);
    return Object.fromEntries(found.map(({ check, mark, says }) => [check, `${mark} ${says}`]));
  };
  expect(linesOf()).toMatchObject({
    Worker: '! none has run on this database yet',
    Backup: '! BACKUP_TO is not set: nothing is copied',
  });
  await reachedAt(Date.now() - 3 * 3_600_000);
  expect(linesOf({ BACKUP_TO })).toMatchObject({
    Worker: '✖ none has handed out events for 3 h',
    Backup: '✖ there is none in BACKUP_TO',
  });
  await reachedAt(Date.now());
  expect(linesOf().Worker).toBe('✔ hands out events to webhooks');
});

it('says with nothing running that nothing runs, and starts nothing', () => {
  const { status, out } = doctor({ DATA_DIR: '/nonexistent/souk' });
  expect(status).toBe(1);
  expect(out).toContain('✖ MongoDB: MONGODB_URI is not set, and no MongoDB of /nonexistent/souk is running');
  expect(out).toContain('npm start brings one');
  expect(out).not.toMatch(/^ +at /m);
});

it('names all values that cannot be used, a server that is away and a key that is weak, without its password', () => {
  const faults = doctor({ PORT: 'http', LOG_LEVEL: 'loud' });
  expect(faults.status).toBe(1);
  expect(faults.out).toMatch(
    /✖ Environment[\s\S]*PORT[\s\S]*LOG_LEVEL|✖ Environment[\s\S]*LOG_LEVEL[\s\S]*PORT/,
  );
  const away = doctor({
    MONGODB_URI: 'mongodb://souk:secret@127.0.0.1:9/?serverSelectionTimeoutMS=300',
    REDIS_URL: 'redis://127.0.0.1:9',
    OPERATOR_KEY: 'a'.repeat(40),
    SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  });
  expect(away.status).toBe(1);
  for (const check of ['MongoDB', 'Redis', 'OPERATOR_KEY', 'SECRETS_KEY'])
    expect(away.out).toContain(`✖ ${check}: `);
  expect(away.out).not.toContain('secret@');
});
