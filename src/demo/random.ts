export type Random = () => number;

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32 by Tommy Ettinger). */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

/** The first values are picked more often than the last. */
export const pickEarly = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() ** 2 * values.length)] as T;
