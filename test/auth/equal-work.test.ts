import { expect, it, vi } from 'vitest';
import { openShop } from '../support/shop.ts';
import { signIn, signUp } from './requests.ts';

const { derivations } = vi.hoisted(() => ({ derivations: [] as object[] }));

// What takes the time of a sign-in, done as ever, and noted.
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const argon2: typeof crypto.argon2 = (algorithm, parameters, done) => {
    const { memory, passes, parallelism, tagLength } = parameters;
    derivations.push({ algorithm, memory, passes, parallelism, tagLength });
    return crypto.argon2(algorithm, parameters, done);
  };
  return { ...crypto, argon2 };
});

it('hashes as much for an account that is not there, or has no password, as for a wrong password', async () => {
  const shop = await openShop();
  const known = await signUp(shop);
  const invited = await shop.person();
  const workFor = async (email: string) => {
    derivations.length = 0;
    await signIn(shop, { email, password: 'not the password' });
    return [...derivations];
  };

  const wrong = await workFor(known.user.email);

  expect(wrong).toEqual([
    { algorithm: 'argon2id', memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 },
  ]);
  expect(await workFor('nobody@example.com')).toEqual(wrong);
  expect(await workFor(invited.user.email)).toEqual(wrong);
});
