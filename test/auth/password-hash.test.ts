import { argon2Sync } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/domains/auth/password-hash.ts';
import { openGate } from '../../src/platform/limits/gate.ts';

it('knows a password again, and no other', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(await verifyPassword('correct horse battery', hash)).toBe(true);
  expect(await verifyPassword('correct horse batter', hash)).toBe(false);
  expect(await verifyPassword('', hash)).toBe(false);
});

it('salts: the same password never has the same hash', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'));
});

it('knows a password again that another keyboard spells with other code points', async () => {
  const hash = await hashPassword('Gr\u00fc\u00dfe aus K\u00f6ln');
  expect(await verifyPassword('Gru\u0308\u00dfe aus Ko\u0308ln', hash)).toBe(true);
});

it('reads hashes that were made with other costs', async () => {
  const salt = Buffer.from('sixteen bytes ok');
  const cost = {
    message: 'an older password',
    nonce: salt,
    parallelism: 2,
    tagLength: 24,
    memory: 64,
    passes: 3,
  };
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const stored = `$argon2id$v=19$m=64,t=3,p=2$${base64(salt)}$${base64(argon2Sync('argon2id', cost))}`;

  expect(await verifyPassword('an older password', stored)).toBe(true);
  expect(await verifyPassword('another password', stored)).toBe(false);
});

it('lets nothing match an account without a password', async () => {
  expect(await verifyPassword('', null)).toBe(false);
  expect(await verifyPassword('correct horse battery', null)).toBe(false);
});

it('does a few at once, lets as many wait as there is room for, and turns away the rest', async () => {
  const gate = openGate(2, 3, 'too many');
  let running = 0;
  let most = 0;
  const work = () =>
    gate(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, work));

  expect(most).toBe(2);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toMatchObject(Array(3).fill({ code: 'SERVICE_UNAVAILABLE', message: 'too many' }));
  await expect(work()).resolves.toBeUndefined();
});

it('leaves the place of work that fails to the next', async () => {
  const gate = openGate(1, 1, 'too many');
  await expect(gate(async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate(async () => 'done')).toBe('done');
});
