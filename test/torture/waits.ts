import { loadavg } from 'node:os';
import type { Call } from './client.ts';

/** So much longer than in the healthy state one call in a hundred may take. */
export const MOST_LONGER_MS = 200;
export const HEALTHY = 'healthy';

/** From when to when something was in a state. */
export type Window = { state: string; from: number; to: number };

/** How long calls of one name took: 99 of 100, by the state in which they were begun. */
export type WaitRow = { name: string; states: Record<string, { calls: number; p99Ms: number }> };

export type Waits = {
  states: string[];
  rows: WaitRow[];
  /** How often who is signed in was asked for, and how often that was answered with somebody else or nobody. */
  people: { asked: number; signedOut: number };
  /** What else the machine did: load averages of a minute before and after. */
  load: [number, number];
};

export const loadNow = (): number => loadavg()[0] ?? 0;

export function rowsOf(windows: Window[], calls: Call[], names: string[]): WaitRow[] {
  const states = [...new Set(windows.map(({ state }) => state))];
  return names.map((name) => ({
    name,
    states: Object.fromEntries(
      states.map((state) => {
        const within = windows.filter((window) => window.state === state);
        const taken = calls.filter(
          (call) =>
            call.name === name && within.some(({ from, to }) => call.begun >= from && call.begun < to),
        );
        return [state, { calls: taken.length, p99Ms: p99(taken) }];
      }),
    ),
  }));
}

export function p99(calls: Call[]): number {
  const times = calls.map(({ begun, ended }) => ended - begun).toSorted((a, b) => a - b);
  return times[Math.ceil(times.length * 0.99) - 1] ?? 0;
}

/** What takes too much longer, or was not asked at all; one line each. */
export function tooLong({ rows, states }: Waits): string[] {
  return rows.flatMap(({ name, states: taken }) => {
    const most = (taken[HEALTHY]?.p99Ms ?? 0) + MOST_LONGER_MS;
    return states.flatMap((state) => {
      const { calls, p99Ms } = taken[state] ?? { calls: 0, p99Ms: 0 };
      if (calls === 0) return [`${name}: nobody asked while Redis was ${state}`];
      return p99Ms > most ? [`${name}, Redis ${state}: p99 ${p99Ms} ms, ${most} allowed`] : [];
    });
  });
}

/** In Markdown: p99 in ms, and of how many calls. */
export function waitRows({ rows, states }: Waits): string[][] {
  return [
    ['p99 ms (of calls)', ...states, `${HEALTHY} + ${MOST_LONGER_MS}`],
    ...rows.map(({ name, states: taken }) => [
      name,
      ...states.map((state) => `${taken[state]?.p99Ms ?? 0} (${taken[state]?.calls ?? 0})`),
      `≤ ${(taken[HEALTHY]?.p99Ms ?? 0) + MOST_LONGER_MS}`,
    ]),
  ];
}
