import { ObjectId } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { describe, expect, inject, it } from 'vitest';
import { productChanged } from '../../../src/domains/catalogue/events.ts';
import { nextEntry, openEntries } from '../../../src/platform/events/entries.ts';
import { appendEvent } from '../../../src/platform/events/event.ts';
import { EventStream, type StreamEvent } from '../../../src/platform/events/stream.ts';
import { tokenAt } from '../../../src/platform/events/token.ts';
import { createLog } from '../../../src/platform/log.ts';
import { eventually } from '../../support/eventually.ts';
import { openFailingDatabase, whileFailing } from '../../support/failing-mongo.ts';
import { atEnd, openTestDatabase, type TestDatabase } from '../../support/mongo.ts';

const TYPE = productChanged.type;
const tenantId = new ObjectId();

function openStream(database: TestDatabase) {
  const stream = new EventStream({ database, log: createLog('silent'), role: 'test' });
  const told: StreamEvent[] = [];
  const lost: string[] = [];
  stream.listen({
    hears: () => true,
    told: (events) => void told.push(...events),
    lost: (token) => void lost.push(token),
  });
  return { stream, told, lost };
}

const versionsOf = (events: StreamEvent[] | null) => events?.map(({ data }) => data.version);

/** Tells of one more version of a product. */
const write = (database: TestDatabase, version: number) =>
  database.tenantDb(tenantId).transaction((tx) =>
    appendEvent(tx, productChanged, {
      ...{ productId: tenantId, operation: 'UPDATED', version },
      ...{ categoryIds: [], isShown: true },
    }),
  );

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('the change stream of a process', { timeout: 90_000 }, () => {
  it('loses nothing over restarts while others write', async () => {
    const database = await openTestDatabase();
    let writing = true;
    let written = 0;
    const writer = (async () => {
      while (writing) await write(database, ++written);
    })();
    const first = openStream(database);
    let after = await first.stream.reached();
    const received = new Set<unknown>();
    const from = written;
    let current = first;
    for (let restarts = 0; restarts < 5; restarts++) {
      const enough = received.size + 10;
      await eventually(() => received.size + current.told.length).toBeGreaterThan(enough);
      for (const { data, token } of current.told) {
        received.add(data.version);
        after = token;
      }
      await current.stream.close();
      current = openStream(database);
      // What it missed, and from then on what it hears.
      await current.stream.reached();
      for (const { data } of (await current.stream.since(after, TYPE)) ?? []) received.add(data.version);
    }
    writing = false;
    await writer;
    await eventually(() => current.told.some(({ data }) => data.version === written)).toBe(true);
    for (const { data } of current.told) received.add(data.version);
    await current.stream.close();
    expect(upTo(written).filter((version) => version > from && !received.has(version))).toEqual([]);
  });

  it('knows what happened before it was opened, as far as that is in the oplog', async () => {
    const database = await openTestDatabase();
    const before = tokenAt(await database.time());
    for (const version of upTo(3)) await write(database, version);
    const { stream, told } = openStream(database);
    await stream.reached();
    await write(database, 4);
    await eventually(() => versionsOf(told)).toContain(4);
    expect(versionsOf(await stream.since(before, TYPE))).toEqual([1, 2, 3, 4]);
    expect(await stream.since('825000000000000001', TYPE)).toBeNull();
    expect(await stream.since('82F000000000000001', TYPE)).toBeNull();
    await stream.close();
  });

  it('says so when its place is not in the oplog any more, and goes on from now', async () => {
    const database = await openFailingDatabase();
    const { stream, told, lost } = openStream(database);
    await stream.reached();
    await write(database, 1);
    await eventually(() => versionsOf(told)).toEqual([1]);
    const gone = { failCommands: ['getMore'], errorCode: 286, times: 1 };
    await whileFailing(database.client, gone, () => eventually(() => lost.length).toBe(1));
    await write(database, 2);
    await eventually(() => versionsOf(told)).toEqual([1, 2]);
    expect((await stream.reached()) >= (lost[0] ?? '')).toBe(true);
    await stream.close();
  });

  it('goes on when the primary is killed', async () => {
    const set = await MongoMemoryReplSet.create({
      binary: { systemBinary: inject('mongodBinary') },
      instanceOpts: Array.from({ length: 3 }, () => ({ launchTimeout: 60_000 })),
      replSet: {
        count: 3,
        storageEngine: 'wiredTiger',
        configSettings: { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 300 },
      },
    });
    atEnd(async () => void (await set.stop()));
    const database = await openTestDatabase({ uri: set.getUri() });
    const { stream, told } = openStream(database);
    await stream.reached();
    await write(database, 1);
    const { primary } = await database.client.db('admin').command({ hello: 1 });
    const port = Number(String(primary).split(':')[1]);
    const server = set.servers.find(({ instanceInfo }) => instanceInfo?.port === port);
    server?.instanceInfo?.instance.mongodProcess?.kill('SIGKILL');
    for (const version of [2, 3, 4]) await write(database, version);
    await eventually(() => versionsOf(told)).toEqual([1, 2, 3, 4]);
    await stream.close();
  });
});

it('says when a stream was closed, rather than that nothing happens, for ever', async () => {
  const database = await openTestDatabase();
  const stream = openEntries(database, null);
  expect(await nextEntry(database, stream)).toBeNull();
  await stream.close();
  await expect(nextEntry(database, stream)).rejects.toThrow('closed');
});
