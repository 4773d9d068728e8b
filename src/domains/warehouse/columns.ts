import type { ObjectId } from 'mongodb';

export type ColumnType = 'STRING' | 'INT64' | 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP' | 'JSON';

/** One column of a table, and where its value is in a row's source. */
export type Column<T> = { name: string; type: ColumnType; of: (source: T) => unknown };

type Value<T, V> = (source: T) => V | null;

const column =
  <V>(type: ColumnType, stored: (value: V) => unknown = (value) => value) =>
  <T>(name: string, of: Value<T, V>): Column<T> => ({
    name,
    type,
    of: (source) => {
      const value = of(source);
      return value === null ? null : stored(value);
    },
  });

export const text = column<string>('STRING');
export const id = column<ObjectId>('STRING', String);
export const count = column<number>('INT32');
export const decimal = column<number>('DOUBLE');
export const bool = column<boolean>('BOOLEAN');
export const time = column<Date>('TIMESTAMP');
/** Minor units of the row's currency. */
export const money = column<number>('INT64', BigInt);
export const json = column<unknown>('JSON', (value) => JSON.parse(JSON.stringify(value)));
