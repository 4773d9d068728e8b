import type { IncomingHttpHeaders } from 'node:http';
import { Timestamp } from 'mongodb';

/** A client that sends this back is shown nothing that is older than its own change. */
export const AFTER = 'souk-after';

/** When a caller last changed something. */
export type After = {
  /** Milliseconds since 1970. */
  at: number;
  /** The database's own time of the change, where it is known. */
  time: Timestamp | null;
};

const WRITTEN = /^(\d{1,15})(?:-(\d{1,10})\.(\d{1,10}))?$/;
const MOST = 2 ** 32;

/** As in `1764057600123-1764057600.4`. */
export const writeAfter = ({ at, time }: After): string =>
  time === null ? String(at) : `${at}-${time.getHighBitsUnsigned()}.${time.getLowBitsUnsigned()}`;

/** Null where nothing is sent. Who sends something else is taken to have changed something just now. */
export function readAfter(headers: IncomingHttpHeaders): After | null {
  const sent = headers[AFTER];
  if (sent === undefined) return null;
  const [, at, seconds, count] = WRITTEN.exec(String(sent)) ?? [];
  if (at === undefined) return { at: Date.now(), time: null };
  return { at: Number(at), time: timeOf(Number(seconds), Number(count)) };
}

const timeOf = (t: number, i: number): Timestamp | null =>
  t < MOST && i < MOST ? new Timestamp({ t, i }) : null;
