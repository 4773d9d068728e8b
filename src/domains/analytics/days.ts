import { badInput } from '../../platform/errors.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const MAX_DAYS = 366;

/** UTC days as text, such as "2026-11-24"; both count. */
export type Days = { from: string; to: string };

/** Each day from the first to the last. */
export function datesOf({ from, to }: Days): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (count < 1) throw badInput(`The first day, ${from}, comes after the last, ${to}`, 'to');
  if (count > MAX_DAYS) throw badInput(`At most ${MAX_DAYS} days at once, not ${count}`, 'to');
  return Array.from({ length: count }, (_, i) => dayOf(new Date(Date.parse(from) + i * DAY_MS)));
}

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** From the beginning of the first day to the end of the last; the type is what indexes on such a date are limited to. */
export const momentsOf = ({ from, to }: Days) => ({
  $type: 'date' as const,
  $gte: new Date(from),
  $lt: new Date(Date.parse(to) + DAY_MS),
});

/** The day of a date in a pipeline. */
export const dayIn = (date: string) => ({ $dateToString: { date, format: '%Y-%m-%d' } });
