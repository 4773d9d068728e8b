import { Timestamp } from 'mongodb';

/** An optime as sixteen hexadecimal digits: names of files are in the order of time. */
export const positionText = (at: Timestamp): string => at.toBigInt().toString(16).padStart(16, '0');

export const positionOf = (text: string): Timestamp => new Timestamp(BigInt(`0x${text}`));

export const secondsOf = (position: string): Date =>
  new Date(Number.parseInt(position.slice(0, 8), 16) * 1000);

/** The last position of the second before the next: all that was done in that second is in. */
export const endOfSecond = (time: Date): string =>
  `${Math.floor(time.getTime() / 1000)
    .toString(16)
    .padStart(8, '0')}ffffffff`;
