/** A tenant by what it weighs, in any unit; tenants are given in the order of their ids. */
export type Weighed<Id> = {
  id: Id;
  weight: number /** Where it has to be; anywhere when absent. */;
  pin?: string;
};

/** Tenants that follow each other and stay together: from `first` on, up to the next part. */
export type Part<Id> = { first: Id; weight: number; pin: string | null; shard: string | null };

/** A part weighs no more than this share of everything, unless it is one tenant. */
const PARTS = 1_024;
/** How far below the others a shard may come by what is moved away. */
const TOLERANCE = 0.05;

/** Cuts the tenants into parts; `shardOf` says where each is now, and a part is on one shard. */
export function cutParts<Id>(
  tenants: readonly Weighed<Id>[],
  shardOf: (id: Id) => string | null = () => null,
): Part<Id>[] {
  const most = sum(tenants.map(({ weight }) => weight)) / PARTS;
  const parts: Part<Id>[] = [];
  for (const { id, weight, pin = null } of tenants) {
    const shard = shardOf(id);
    const last = parts.at(-1);
    const fits = last && last.weight + weight <= most && last.pin === pin && last.shard === shard;
    if (fits) last.weight += weight;
    else parts.push({ first: id, weight, pin, shard });
  }
  return parts;
}

/** Gives each part a shard. What is somewhere stays there, unless its shard is gone or fuller than another need be. */
export function balanceParts<Id>(parts: readonly Part<Id>[], shards: readonly string[]): Part<Id>[] {
  const placed = parts.map((part) => ({ ...part, shard: part.pin ?? known(part.shard, shards) }));
  const loads = new Loads(placed, shards);
  const heaviestFirst = placed.toSorted((a, b) => b.weight - a.weight);
  for (const part of heaviestFirst) if (part.shard === null) loads.put(part, loads.lightest());
  const target = targetOf(heaviestFirst, shards.length);
  for (const part of heaviestFirst)
    if (part.pin === null && loads.shouldLeave(part, target)) loads.put(part, loads.lightest());
  return placed;
}

const known = (shard: string | null, shards: readonly string[]) =>
  shard !== null && shards.includes(shard) ? shard : null;

/** What a shard has where all is even; a part heavier than that has one to itself, and does not count. */
function targetOf(heaviestFirst: readonly { weight: number }[], shards: number): number {
  let left = sum(heaviestFirst.map(({ weight }) => weight));
  let free = shards;
  for (const { weight } of heaviestFirst) {
    if (free === 1 || weight <= left / free) break;
    left -= weight;
    free -= 1;
  }
  return left / free;
}

type Placed = { weight: number; shard: string | null };

class Loads {
  readonly #loads: Map<string, number>;

  constructor(parts: readonly Placed[], shards: readonly string[]) {
    this.#loads = new Map(shards.map((name) => [name, 0]));
    for (const { shard, weight } of parts) if (shard !== null) this.#add(shard, weight);
  }

  put(part: Placed, shard: string): void {
    if (part.shard !== null) this.#add(part.shard, -part.weight);
    this.#add(shard, part.weight);
    part.shard = shard;
  }

  lightest(): string {
    let found: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [shard, load] of this.#loads)
      if (load < least) {
        found = shard;
        least = load;
      }
    if (found === undefined) throw new Error('There is no shard to put anything on');
    return found;
  }

  /** It leaves only a shard that is too full, which keeps enough, for one that is not filled by it. */
  shouldLeave({ shard, weight }: Placed, target: number): boolean {
    const from = this.#loads.get(shard ?? '') ?? 0;
    const to = this.#loads.get(this.lightest()) ?? 0;
    return from > target && from - weight >= target * (1 - TOLERANCE) && to + weight <= target;
  }

  #add(shard: string, weight: number) {
    this.#loads.set(shard, (this.#loads.get(shard) ?? 0) + weight);
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export type Simulated = {
  shards: number;
  parts: number;
  /** The fullest shard, as a multiple of the mean. */
  fullest: number;
  /** The same of those that no single tenant fills: of them alone, and of their own mean. */
  fullestOfOthers: number;
  /** The share of everything that moves when one more shard is added, and what it would be at best. */
  moved: number;
  atBest: number;
};

/** What becomes of so many tenants of which the n-th largest weighs 1/n, in an order that has nothing to do with it. */
export function simulate(tenants: number, shards: number): Simulated {
  const weighed = shuffled(tenants).map((rank, id) => ({ id, weight: 1 / (rank + 1) }));
  const names = Array.from({ length: shards + 1 }, (_, i) => `shard${i}`);
  const before = balanceParts(cutParts(weighed), names.slice(0, shards));
  const after = balanceParts(before, names);
  const total = sum(weighed.map(({ weight }) => weight));
  const mean = total / shards;
  const loads = names.slice(0, shards).map((name) => before.filter(({ shard }) => shard === name));
  const weights = loads.map((held) => sum(held.map(({ weight }) => weight)));
  const target = targetOf(
    before.toSorted((a, b) => b.weight - a.weight),
    shards,
  );
  const others = weights.filter((_, i) => !loads[i]?.some(({ weight }) => weight > target));
  const moved = after.filter(({ shard }, i) => shard !== before[i]?.shard);
  return {
    shards,
    parts: before.length,
    fullest: Math.max(...weights) / mean,
    fullestOfOthers: Math.max(...others) / target,
    moved: sum(moved.map(({ weight }) => weight)) / total,
    atBest: 1 / (shards + 1),
  };
}

/** The same order each time, so that a run can be compared with another. */
function shuffled(length: number): number[] {
  const ranks = Array.from({ length }, (_, i) => i);
  let state = 1;
  for (let i = length - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (i + 1);
    [ranks[i], ranks[other]] = [ranks[other] as number, ranks[i] as number];
  }
  return ranks;
}
