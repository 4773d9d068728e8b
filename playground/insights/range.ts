/** UTC days such as "2026-11-24"; both count. */
export type Range = { from: string; to: string };

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS = 366;

export const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export const daysIn = ({ from, to }: Range): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

export function lastDays(days: number, now = Date.now()): Range {
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}

/** As many days, right before. */
export function before(range: Range): Range {
  const to = Date.parse(range.from) - DAY_MS;
  return { from: dayOf(to - (daysIn(range) - 1) * DAY_MS), to: dayOf(to) };
}

/** What is wrong with a range, in words; null when nothing is. */
export function faultIn(range: Range): string | null {
  const days = daysIn(range);
  if (Number.isNaN(days)) return 'Give both days, such as 2026-11-24';
  if (days < 1) return 'The first day comes after the last';
  return days > MOST_DAYS ? `At most ${MOST_DAYS} days at once, not ${days}` : null;
}
