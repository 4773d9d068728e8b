import { DEADLINE_MS } from './client.ts';
import { type Faults, faultsOf } from './facts.ts';
import type { Loaded } from './load.ts';
import { settle } from './settle.ts';
import { tooLong, type Waits } from './waits.ts';
import type { World } from './world.ts';

/** What a scenario must keep to beside the marks that hold for all. */
export type Marks = {
  /** The longest time without an acknowledged write, in ms. */
  gapMs?: number;
  /** Errors are told and not counted: the fault itself is one that is passed on. */
  errorsAllowed?: true;
  /** So many orders, neither more nor fewer. */
  orders?: number;
};

export type Figures = {
  name: string;
  title: string;
  /** What was done, in a few words. */
  done: string;
  marks: Marks;
  orders: number;
  paid: number;
  outOfStock: number;
  repeats: number;
  errors: string[];
  late: string[];
  faults: Faults;
  longestGapMs: number;
  longestCallMs: number;
  p99Ms: number;
  /** How long it took after the load until nothing was left to do. */
  settledMs: number;
  seconds: number;
  /** Where it is measured how much longer calls take while something is away. */
  waits?: Waits;
};

export type Scenario = { name: string; title: string; done: string; marks: Marks };

const FAULTS = ['lost', 'oversold', 'duplicates', 'stock', 'left', 'outbox', 'checkData', 'money'] as const;

/** The figures of one scenario, over all the shops that it had, once nothing is left to do. */
export async function figuresOf(
  scenario: Scenario,
  world: World,
  loads: Loaded[],
  forward = true,
): Promise<Figures> {
  const settledMs = await settle(
    world,
    loads.map(({ shop }) => shop.db),
    forward,
  );
  const faults = noFaults();
  for (const load of loads) {
    const found = await faultsOf(load);
    for (const kind of FAULTS) faults[kind].push(...found[kind]);
  }
  const calls = loads.flatMap(({ ledger }) => ledger.calls);
  const times = calls.map(({ begun, ended }) => ended - begun).toSorted((a, b) => a - b);
  return {
    ...scenario,
    orders: loads.reduce((sum, { ledger }) => sum + ledger.orders.length, 0),
    paid: loads.flatMap(({ ledger }) => ledger.orders).filter((one) => one.paymentStatus === 'PAID').length,
    outOfStock: loads.reduce((sum, { ledger }) => sum + ledger.outOfStock, 0),
    repeats: calls.reduce((sum, { tries }) => sum + tries - 1, 0),
    errors: [...calls.flatMap(({ errors }) => errors), ...loads.flatMap(({ ledger }) => ledger.refused)],
    late: calls.flatMap(({ late }) => late),
    faults,
    longestGapMs: Math.max(...loads.map(longestGap)),
    longestCallMs: times.at(-1) ?? 0,
    p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
    settledMs,
    seconds: loads.reduce((sum, { begun, ended }) => sum + (ended - begun) / 1_000, 0),
  };
}

const noFaults = (): Faults => ({
  ...{ lost: [], oversold: [], duplicates: [], stock: [], left: [], outbox: [], checkData: [], money: [] },
});

/** Between two answers to writes, or between the first and the beginning. */
function longestGap({ ledger, begun }: Loaded): number {
  const times = [begun, ...ledger.calls.map(({ ended }) => ended).toSorted((a, b) => a - b)];
  return Math.max(0, ...times.slice(1).map((at, i) => at - (times[i] ?? at)));
}

/** Which marks are missed, one line each; times are judged in a long run only. */
export function missedBy(
  { marks, faults, errors, late, orders, longestGapMs, waits }: Figures,
  long: boolean,
): string[] {
  return [
    ...FAULTS.filter((kind) => faults[kind].length > 0).map((kind) => `${kind}: ${summary(faults[kind])}`),
    ...(errors.length > 0 && !marks.errorsAllowed ? [`errors: ${summary(errors)}`] : []),
    ...(orders === 0 ? ['no order was made'] : []),
    ...(marks.orders !== undefined && orders !== marks.orders
      ? [`${orders} orders, ${marks.orders} expected`]
      : []),
    ...(long && late.length > 0 ? [`not answered within ${DEADLINE_MS / 1_000} s: ${summary(late)}`] : []),
    ...(long && marks.gapMs !== undefined && longestGapMs > marks.gapMs
      ? [`no write was acknowledged for ${longestGapMs} ms, ${marks.gapMs} allowed`]
      : []),
    ...(waits && waits.people.signedOut > 0 ? [`signed out: ${waits.people.signedOut} times`] : []),
    ...(long && waits ? tooLong(waits) : []),
  ];
}

const SHOWN = 5;

/** What there is, the same only once. */
export function summary(lines: string[]): string {
  const groups = [...Map.groupBy(lines, (line) => line)].map(([line, same]) =>
    same.length > 1 ? `${same.length} × ${line}` : line,
  );
  const more = groups.length > SHOWN ? [`… and ${groups.length - SHOWN} more`] : [];
  return [...groups.slice(0, SHOWN), ...more].join('; ');
}
