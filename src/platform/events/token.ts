import { Timestamp } from 'mongodb';

/** As mongod writes resume tokens: hex of what sorts as the changes do, beginning with the time of the change. */
const TOKEN = /^82([0-9A-F]{8})([0-9A-F]{8})[0-9A-F]*$/;
const MOST_TOKEN = 2_000;

export const isToken = (text: string): boolean => text.length <= MOST_TOKEN && TOKEN.test(text);

/** The time that a token begins with. A stream is opened by it: the token itself fits only one pipeline. */
export function timeOf(token: string): Timestamp {
  const [, seconds = '0', increment = '0'] = TOKEN.exec(token) ?? [];
  return new Timestamp({ t: Number.parseInt(seconds, 16), i: Number.parseInt(increment, 16) });
}

export const millisecondsOf = (token: string): number => timeOf(token).getHighBitsUnsigned() * 1_000;

/** Sorts before the tokens of all changes of this moment and later ones. */
export const tokenAt = (time: Timestamp): string =>
  `82${hex(time.getHighBitsUnsigned())}${hex(time.getLowBitsUnsigned())}`;

const hex = (number: number) => number.toString(16).toUpperCase().padStart(8, '0');
