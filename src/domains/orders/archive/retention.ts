import { LEAST_ARCHIVE_MONTHS } from '../../tenants/shop-settings.ts';

/** The same day so many months ago, or the last of a month that has no such day. */
export function monthsBefore(now: Date, months: number): Date {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() - months);
  if (then.getUTCDate() !== now.getUTCDate()) then.setUTCDate(0);
  return then;
}

/**
 * Whether something of that time may be in the archive: what has happened since is at hand, so whoever asks for it alone
 * need not look there. A month is left for clocks that are not right.
 */
export const mayBeInArchive = (at: Date, now: Date): boolean =>
  at < monthsBefore(now, LEAST_ARCHIVE_MONTHS - 1);
