import { type Document, type IndexDescription, MaxKey, MinKey, type ObjectId } from 'mongodb';
import { type DeclaredCollection, indexesOf } from './collection.ts';
import { balanceParts, cutParts, type Part, type Weighed } from './shard-balance.ts';

/**
 * One key for every tenant collection. Each filter, insert and pipeline of a TenantDb names its tenant, so each goes to one
 * shard; a unique index has to begin with the shard key, and all of them begin with it; and a tenant whose data are on one
 * shard has its transactions on one.
 */
export const SHARD_KEY = { tenantId: 1 } as const;

export type CollectionShards = {
  collection: string;
  /** Null for what stays on one shard. */
  key: typeof SHARD_KEY | null;
  why: string;
  /** Whether an index has to be made beside those declared, for none serves the key. */
  needsIndex: boolean;
  /** Declared indexes without the key: what is asked by them is asked of all shards. */
  ofAllShards: { index: string; why: string }[];
};

const OF_THE_TENANT = 'all that is asked of it names the tenant';
const OF_THE_PLATFORM = 'of the platform itself: small, and asked for without a tenant';
const EXPIRES = 'each shard expires its own documents';
const OF_JOBS = 'a job asks what is due in all tenants at once';

export const shardsOf = (collection: DeclaredCollection): CollectionShards => {
  const { name, scope } = collection;
  if (scope === 'system')
    return { collection: name, key: null, why: OF_THE_PLATFORM, needsIndex: false, ofAllShards: [] };
  const indexes = indexesOf(collection).map((index) => ({
    index,
    leads: Object.keys(index.key)[0] === 'tenantId',
  }));
  return {
    collection: name,
    key: SHARD_KEY,
    why: OF_THE_TENANT,
    needsIndex: !indexes.some(({ index, leads }) => leads && mayServe(collection, index)),
    ofAllShards: indexes
      .filter(({ leads }) => !leads)
      .map(({ index: { name: index = '', expireAfterSeconds } }) => ({
        index,
        why: expireAfterSeconds === undefined ? OF_JOBS : EXPIRES,
      })),
  };
};

/** MongoDB takes an index for that of a shard key which has every document, once, in plain order. */
const mayServe = ({ validator }: DeclaredCollection, { key, ...options }: IndexDescription) =>
  !options.partialFilterExpression &&
  !options.weights &&
  !options.collation &&
  !Object.keys(key).some((path) => path !== '_id' && mayBeList(validator, path.split('.')));

/** What no schema tells of may be a list too. */
function mayBeList(schema: Document | undefined, [name, ...rest]: string[]): boolean {
  if (!schema) return true;
  if (schema.anyOf) return schema.anyOf.some((one: Document) => mayBeList(one, name ? [name, ...rest] : []));
  if (schema.bsonType === 'array') return true;
  if (name === undefined || schema.bsonType === 'null') return false;
  return mayBeList(schema.properties?.[name], rest);
}

/** A tenant on its way to a shard. */
export type ShardedTenant = Weighed<ObjectId>;
export type Range = { min: unknown; max: unknown; shard: string };

/** From where to where tenants are on which shard: all ids there can be, with as few ranges as that takes. */
export function rangesOf(parts: readonly Part<ObjectId>[]): Range[] {
  const ranges: Range[] = [];
  for (const { first, shard } of parts) {
    if (shard === null) throw new Error('A part without a shard');
    const last = ranges.at(-1);
    if (last?.shard === shard) continue;
    if (last) last.max = first;
    ranges.push({ min: last ? first : new MinKey(), max: new MaxKey(), shard });
  }
  return ranges;
}

export type ShardPlanInput = {
  database: string;
  collections: readonly DeclaredCollection[];
  shards: readonly string[];
  /** In the order of their ids. */
  tenants: readonly ShardedTenant[];
  /** As they are now, by collection; a run that was ended half-way leaves some without. */
  ranges?: ReadonlyMap<string, readonly Range[]>;
};

export type ShardCommand = { on: 'admin' | 'database'; command: Document };

/** The commands that bring a cluster to the plan, in their order; those for ranges that are there already are left out. */
export function shardCommands({
  database,
  collections,
  shards,
  tenants,
  ranges = new Map(),
}: ShardPlanInput): ShardCommand[] {
  const admin = (command: Document): ShardCommand => ({ on: 'admin', command });
  const sharded = collections.map(shardsOf).filter(({ key }) => key !== null);
  const placed = sharded.map(({ collection }) => ranges.get(collection) ?? []).find(isWhole) ?? [];
  const parts = cutParts(tenants, (id) => shardAt(placed, id));
  const wanted = rangesOf(balanceParts(parts, shards));
  const change = (collection: string, { min, max }: Range, zone: string | null) =>
    admin({
      ...{ updateZoneKeyRange: `${database}.${collection}` },
      ...{ min: { tenantId: min }, max: { tenantId: max }, zone },
    });
  return [
    admin({ balancerStop: 1 }),
    admin({ enableSharding: database }),
    ...shards.map((shard) => admin({ addShardToZone: shard, zone: shard })),
    ...sharded.flatMap(({ collection, needsIndex }) => {
      const now = ranges.get(collection) ?? [];
      return [
        ...(needsIndex ? [indexCommand(collection)] : []),
        admin({ shardCollection: `${database}.${collection}`, key: SHARD_KEY }),
        ...without(now, wanted).map((range) => change(collection, range, null)),
        ...without(wanted, now).map((range) => change(collection, range, range.shard)),
      ];
    }),
    START_BALANCER,
  ];
}

/** To be sent whatever becomes of the others. */
export const START_BALANCER: ShardCommand = { on: 'admin', command: { balancerStart: 1 } };

/** Whether they give each id there can be a shard. */
const isWhole = (ranges: readonly Range[]) =>
  ranges[0]?.min instanceof MinKey &&
  ranges.every(({ max }, i) => {
    const next = ranges[i + 1];
    return next ? boundText(max) === boundText(next.min) : max instanceof MaxKey;
  });

function without(some: readonly Range[], others: readonly Range[]): Range[] {
  const keys = new Set(others.map(keyOf));
  return some.filter((range) => !keys.has(keyOf(range)));
}

const indexCommand = (collection: string): ShardCommand => ({
  on: 'database',
  command: { createIndexes: collection, indexes: [{ key: SHARD_KEY, name: 'tenantId_1' }] },
});

const keyOf = ({ min, max, shard }: Range) => `${boundText(min)} ${boundText(max)} ${shard}`;
const boundText = (bound: unknown) =>
  bound instanceof MinKey ? 'min' : bound instanceof MaxKey ? 'max' : String(bound);

/** Ids sort by their bytes, as their texts do. */
const shardAt = (ranges: readonly Range[], id: ObjectId): string | null =>
  ranges.find(
    ({ min, max }) =>
      (min instanceof MinKey || String(min) <= String(id)) &&
      (max instanceof MaxKey || String(id) < String(max)),
  )?.shard ?? null;
