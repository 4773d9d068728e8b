/** A month in UTC, counted from year 0, so that months can be compared and counted. */
export type Month = number;

export const monthOf = (at: Date): Month => at.getUTCFullYear() * 12 + at.getUTCMonth();

export const startOf = (month: Month): Date => new Date(Date.UTC(Math.floor(month / 12), month % 12));

/** "2026-11" */
export const monthText = (month: Month): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

/** Reads "2026-11", and "2026_11" as the collections have it. */
export function readMonth(text: string): Month | undefined {
  const [, year, number] = /^(\d{4})[-_](0[1-9]|1[0-2])$/.exec(text) ?? [];
  return year === undefined ? undefined : Number(year) * 12 + Number(number) - 1;
}

/** From the newest back to the oldest, both included. */
export const monthsBack = (newest: Month, oldest: Month): Month[] =>
  Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, back) => newest - back);
