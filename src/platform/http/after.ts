import type { IncomingHttpHeaders } from 'node:http';
import { Timestamp } from 'mongodb';
import { type Moment, unknownMoment } from '../mongo/own-writes.ts';

/** A client that sends this back is shown nothing that is older than its own change. */
export const AFTER = 'souk-after';

const WRITTEN = /^(\d{1,15})(?:-(\d{1,10})\.(\d{1,10}))?$/;
const MOST = 2 ** 32;

/** As in `1764057600123-1764057600.4`. */
export const writeAfter = ({ at, time }: Moment): string =>
  time === null ? String(at) : `${at}-${time.getHighBitsUnsigned()}.${time.getLowBitsUnsigned()}`;

/** Null where nothing is sent. */
export function readAfter(headers: IncomingHttpHeaders): Moment | null {
  const sent = headers[AFTER];
  return sent === undefined ? null : readMoment(String(sent));
}

/** Who says something else is taken to have changed something just now. */
export function readMoment(written: string): Moment {
  const [, at, seconds, count] = WRITTEN.exec(written) ?? [];
  if (at === undefined) return unknownMoment();
  return { at: Number(at), time: timeOf(Number(seconds), Number(count)) };
}

const timeOf = (t: number, i: number): Timestamp | null =>
  t < MOST && i < MOST ? new Timestamp({ t, i }) : null;
