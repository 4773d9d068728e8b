import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/platform/limits/limits.ts';
import { openTestDatabase } from '../support/mongo.ts';

const docs = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');

/** The last column of a row in the table of sizes. */
function stated(row: string): number[] {
  const line = docs.split('\n').find((each) => each.startsWith(`| ${row}`)) ?? expect.fail(`no row ${row}`);
  const [value = ''] = line.split('|').slice(-2);
  return [...value.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')));
}

describe('the sizes in docs/scaling.md', () => {
  it('are those in the code', () => {
    expect(stated('requests at work')).toEqual([LIMITS.atOnce]);
    expect(stated('requests that wait')).toEqual([LIMITS.waiting, LIMITS.waitingMs / 1_000]);
    expect(stated('a command, a request')).toEqual([LIMITS.commandMs / 1_000, LIMITS.requestMs / 1_000]);
  });

  it('follow their rules', async () => {
    const { options } = (await openTestDatabase()).client;
    expect(LIMITS.waiting).toBe(2 * LIMITS.atOnce);
    expect(LIMITS.waitingMs).toBeLessThan(1_000);
    expect(options.maxPoolSize).toBe(LIMITS.atOnce);
    expect(stated('connections of a process')).toEqual([options.maxPoolSize]);
    expect(stated('wait for a connection')).toEqual([(options.waitQueueTimeoutMS ?? 0) / 1_000]);
    expect(options.waitQueueTimeoutMS).toBeLessThan(LIMITS.waitingMs);
    expect(LIMITS.commandMs * 3).toBe(LIMITS.requestMs);
    const [pods = 0, connections] = stated('connections that mongod');
    expect(connections).toBe(pods * (LIMITS.atOnce + 3));
  });
});
