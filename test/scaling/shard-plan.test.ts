import { readdirSync, readFileSync } from 'node:fs';
import { MaxKey, MinKey, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { collections } from '../../src/domains/registry.ts';
import { indexesOf } from '../../src/platform/mongo/collection.ts';
import { sum } from '../../src/platform/mongo/shard-balance.ts';
import { sendAll } from '../../src/platform/mongo/shard-cluster.ts';
import {
  type Range,
  SHARD_KEY,
  type ShardCommand,
  shardCommands,
  shardsOf,
} from '../../src/platform/mongo/shard-plan.ts';
import { newDatabaseName, openTestDatabase, rawDb } from '../support/mongo.ts';
import { runScript } from '../support/run-script.ts';

const docs = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
const plan = collections.map(shardsOf);

describe('the shard plan', () => {
  it('has the key in front of every unique index, so that no two shards hold the same', () => {
    for (const collection of collections.filter(({ scope }) => scope === 'tenant'))
      for (const { key, unique, name } of indexesOf(collection))
        if (unique) expect(Object.keys(key)[0], `${collection.name} ${name}`).toBe('tenantId');
  });

  it('has it in front of each other index too, or says why that is asked of all shards', () => {
    for (const [i, { key, ofAllShards }] of plan.entries()) {
      const collection = collections[i] ?? expect.fail();
      expect(key).toEqual(collection.scope === 'tenant' ? SHARD_KEY : null);
      if (key === null) continue;
      const without = indexesOf(collection).filter((index) => Object.keys(index.key)[0] !== 'tenantId');
      expect(ofAllShards.map(({ index }) => index)).toEqual(without.map(({ name }) => name));
      const declared = collection.indexes.filter(
        ({ acrossTenants, expireAfterSeconds }) => acrossTenants || expireAfterSeconds !== undefined,
      );
      expect(ofAllShards).toHaveLength(declared.length);
    }
  });

  it('makes an index where none serves the key, as none does that is partial, of words or of a list', () => {
    const needing = plan.filter(({ needsIndex }) => needsIndex).map(({ collection }) => collection);
    expect(needing).toEqual([
      'write_marks',
      'counted_views',
      'reservations',
      'carts',
      'test_charges',
      'order_counters',
      'webhook_queues',
    ]);
  });

  it('tells in the docs of each place that asks more than one tenant, and so all shards', () => {
    const root = new URL('../../src/', import.meta.url);
    const asking = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.startsWith('domains/') && path.endsWith('.ts'))
      .filter((path) => readFileSync(new URL(path, root), 'utf8').includes('.because'));
    const told = [...docs.matchAll(/^\| `(domains\/\S+)` \|/gm)].map(([, path]) => path);
    expect(told).toEqual(asking.sort());
  });

  it('names in the docs all that stays unsharded', () => {
    for (const { collection, key } of plan) if (key === null) expect(docs).toContain(`\`${collection}\``);
  });
});

const tenants = Array.from({ length: 200 }, (_, i) => ({
  id: ObjectId.createFromTime(1_700_000_000 + i),
  weight: 1 + (i % 7),
  ...(i === 123 && { pin: 'eu' }),
}));
const ids = tenants.map(({ id }) => id);

const names = collections.filter(({ scope }) => scope === 'tenant').map(({ name }) => name);

/** `ranges` are those of all collections, but for these. */
const plannedFor = (shards: string[], ranges: Range[] = [], others: Record<string, Range[]> = {}) => {
  const now = new Map([...names.map((name) => [name, ranges] as const), ...Object.entries(others)]);
  return shardCommands({ database: 'souk', collections, shards, tenants, ranges: now }).map(
    ({ command }) => command,
  );
};

/** What `updateZoneKeyRange` leaves behind of one collection; throws at an overlap, as mongos does. */
function zonesAfter(
  commands: ReturnType<typeof plannedFor>,
  before: Range[] = [],
  collection = 'products',
): Range[] {
  const ranges = [...before];
  for (const { updateZoneKeyRange, min, max, zone } of commands) {
    if (updateZoneKeyRange !== `souk.${collection}`) continue;
    const same = ranges.findIndex((range) => boundary(range.min) === boundary(min.tenantId));
    if (zone === null) ranges.splice(same, 1);
    else if (same >= 0) throw new Error('Two ranges begin in one place');
    else ranges.push({ min: min.tenantId, max: max.tenantId, shard: zone });
  }
  return ranges.sort((a, b) => (boundary(a.min) < boundary(b.min) ? -1 : 1));
}

const boundary = (bound: unknown) =>
  bound instanceof MinKey ? '' : bound instanceof MaxKey ? 'z' : String(bound);

const shardOf = (ranges: Range[], id: ObjectId) =>
  ranges.find(({ min, max }) => boundary(min) <= String(id) && String(id) < boundary(max))?.shard;

const weightsBy = (ranges: Range[], shards: string[]) =>
  shards.map((shard) =>
    sum(tenants.filter(({ id }) => shardOf(ranges, id) === shard).map(({ weight }) => weight)),
  );

describe('the commands of --apply', () => {
  const three = plannedFor(['a', 'b', 'eu']);
  const ranges = zonesAfter(three);

  it('shard each tenant collection once, with the balancer off meanwhile', () => {
    expect(three.flatMap(({ shardCollection }) => shardCollection ?? [])).toEqual(
      names.map((name) => `souk.${name}`),
    );
    expect([three[0], three.at(-1)]).toEqual([{ balancerStop: 1 }, { balancerStart: 1 }]);
  });

  it('give all ids there can be a shard, the same in each collection, and evenly', () => {
    expect([ranges[0]?.min, ranges.at(-1)?.max]).toEqual([new MinKey(), new MaxKey()]);
    for (const [i, { max }] of ranges.slice(0, -1).entries())
      expect(boundary(max)).toBe(boundary(ranges[i + 1]?.min));
    const perCollection = Map.groupBy(
      three.filter(({ updateZoneKeyRange }) => updateZoneKeyRange),
      ({ updateZoneKeyRange }) => updateZoneKeyRange,
    );
    for (const commands of perCollection.values()) expect(commands.length).toBe(ranges.length);
    const weights = weightsBy(ranges, ['a', 'b', 'eu']);
    expect(Math.max(...weights) / Math.min(...weights)).toBeLessThan(1.1);
  });

  it('put a tenant where it has to be', () => {
    expect(shardOf(ranges, ids[123] ?? expect.fail())).toBe('eu');
  });

  it('change no range when run again, and move little for one more shard', () => {
    const again = plannedFor(['a', 'b', 'eu'], ranges);
    expect(again.filter(({ updateZoneKeyRange }) => updateZoneKeyRange)).toEqual([]);
    const four = zonesAfter(plannedFor(['a', 'b', 'eu', 'd'], ranges), ranges);
    const moved = tenants.filter(({ id }) => shardOf(four, id) !== shardOf(ranges, id));
    const total = sum(tenants.map(({ weight }) => weight));
    const share = (some: typeof tenants) => sum(some.map(({ weight }) => weight)) / total;
    expect(share(moved)).toBeLessThan(0.3);
    expect(share(moved.filter(({ id }) => shardOf(four, id) === 'd'))).toBeGreaterThan(0.23);
  });

  it('give a new collection the ranges of the others, and go on where a run was ended half-way', () => {
    const [month = '', halfWay = ''] = names.filter((name) => /audit|orders/.test(name));
    const left = { products: [], [month]: [], [halfWay]: ranges.slice(0, 2) };
    const again = plannedFor(['a', 'b', 'eu'], ranges, left);
    for (const [name, before] of Object.entries(left))
      expect(zonesAfter(again, before, name)).toEqual(ranges);
    const changed = again.flatMap(({ updateZoneKeyRange }) => updateZoneKeyRange ?? []);
    expect(new Set(changed)).toEqual(new Set(Object.keys(left).map((name) => `souk.${name}`)));
  });

  it('do not leave the balancer off where one of them fails', async () => {
    const sent: unknown[] = [];
    const commands = shardCommands({ database: 'souk', collections, shards: ['a'], tenants });
    const send = async ({ command }: ShardCommand) => {
      sent.push(command);
      if (command.shardCollection) throw new Error('no index');
    };
    await expect(sendAll(send, commands, () => {})).rejects.toThrow('no index');
    expect(sent.at(-1)).toEqual({ balancerStart: 1 });
  });

  it('empty a shard that is gone', () => {
    const two = zonesAfter(plannedFor(['a', 'eu'], ranges), ranges);
    expect(new Set(two.map(({ shard }) => shard))).toEqual(new Set(['a', 'eu']));
  });
});

describe('npm run shard', () => {
  it('says in the docs how 10,000 shops spread, as --simulate prints it', async () => {
    const { out, code } = await runScript('shard', ['--simulate'], { name: newDatabaseName() });
    expect(code).toBe(0);
    expect(docs).toContain(out.trim());
  });

  it('refuses to shard what is no cluster, and changes nothing', async () => {
    const database = await openTestDatabase();
    const before = await rawDb(database).listCollections().toArray();
    const { code, err } = await runScript('shard', ['--apply'], database);
    expect([code, err]).toEqual([1, expect.stringContaining('leads to no mongos')]);
    expect(await rawDb(database).listCollections().toArray()).toEqual(before);
  });
});
