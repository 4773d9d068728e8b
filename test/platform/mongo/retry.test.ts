import { createRequire } from 'node:module';
import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { badInput } from '../../../src/platform/errors.ts';
import { isTransient, mayRunAgain, NotSeenYet, withRetry } from '../../../src/platform/mongo/retry.ts';

const soon = () => Date.now() + 60_000;
const withLabel = (label: string) => {
  const error = new MongoError('labelled');
  error.addErrorLabel(label);
  return error;
};
const withCode = (code: number) => new MongoServerError({ message: 'from the server', code });
// The driver does not export these.
const { PoolClearedError, PoolClearedOnNetworkError, WaitQueueTimeoutError } = createRequire(import.meta.url)(
  'mongodb/lib/cmap/errors',
);

/** As the driver tells of many writes of which none was sent. */
const manyWrites = (cause: MongoError) => new MongoBulkWriteError(cause, Object.create(null));

const transient: [string, unknown][] = [
  ...[
    'TransientTransactionError',
    'UnknownTransactionCommitResult',
    'RetryableWriteError',
    'PoolRequestedRetry',
  ].map((label): [string, unknown] => [label, withLabel(label)]),
  ...[11600, 11602, 10107, 13435, 91, 189, 112].map((code): [string, unknown] => [
    `code ${code}`,
    withCode(code),
  ]),
  ['a network error without a label', new MongoNetworkError('connection closed')],
  ['no server to select', new MongoServerSelectionError('nobody answers', Object.create(null))],
  ['a cleared pool', new PoolClearedError({ address: 'x', serverError: new Error('gone') })],
  ['a connection that was cut with its pool', new PoolClearedOnNetworkError({ address: 'x' })],
  ['a full wait queue', new WaitQueueTimeoutError('full', 'x')],
  ['a full wait queue for many writes', manyWrites(new WaitQueueTimeoutError('full', 'x'))],
  ['many writes that met another writer', manyWrites(withCode(112))],
  ['a record that a new primary does not show yet', new NotSeenYet('it was committed')],
];

const lasting: [string, unknown][] = [
  ['a duplicate key', withCode(11000)],
  ['a duplicate key among many writes', manyWrites(withCode(11000))],
  ['a document that fails validation', withCode(121)],
  ['a command out of time', withCode(50)],
  ['a write concern that was not met', withCode(64)],
  ["an error of the shop's", badInput('no')],
  ['a bug', new TypeError('x is not a function')],
  ['the error of another library with the same code', Object.assign(new Error('x'), { code: 91 })],
];

describe('withRetry', () => {
  it.each(transient)('tries again after %s', async (_, error) => {
    expect(isTransient(error)).toBe(true);
    let tries = 0;
    const answer = await withRetry(async () => {
      if (++tries < 3) throw error;
      return 'done';
    }, soon());
    expect({ answer, tries }).toEqual({ answer: 'done', tries: 3 });
  });

  it.each(lasting)('does not try again after %s', async (_, error) => {
    let tries = 0;
    const attempt = withRetry(async () => {
      tries++;
      throw error;
    }, soon());
    await expect(attempt).rejects.toBe(error);
    expect(tries).toBe(1);
  });

  it('gives up after five repeats with the last error', async () => {
    let tries = 0;
    const attempt = withRetry(async () => {
      throw new MongoNetworkError(`try ${++tries}`);
    }, soon());
    await expect(attempt).rejects.toThrow('try 6');
  });

  it('does not wait past the deadline', async () => {
    let tries = 0;
    const fail = async () => {
      tries++;
      throw new MongoNetworkError('gone');
    };
    await expect(withRetry(fail, Date.now())).rejects.toThrow('gone');
    expect(tries).toBe(1);
    const deadline = Date.now() + 200;
    await expect(withRetry(fail, deadline)).rejects.toThrow('gone');
    expect(tries).toBeLessThan(6);
  });
});

it('work whose commit may have succeeded is not run again', () => {
  expect(mayRunAgain(withLabel('UnknownTransactionCommitResult'))).toBe(false);
  expect(mayRunAgain(withLabel('TransientTransactionError'))).toBe(true);
});
