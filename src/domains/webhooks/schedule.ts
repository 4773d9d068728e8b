const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Pauses between eight tries: 3 h 51 min at most, 3 h 5 min at least. */
const PAUSES_MS = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
  120 * MINUTE_MS,
];

export const MOST_TRIES = PAUSES_MS.length + 1;

/** When it is tried again that has failed for this time; null when it is not. By chance a little earlier, so that not all come at once. */
export function nextTry(attempts: number, now: Date): Date | null {
  const pause = PAUSES_MS[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * (0.8 + 0.2 * Math.random()));
}
