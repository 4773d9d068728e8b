import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { expect, it } from 'vitest';
import { atEnd } from '../support/mongo.ts';
import { openShop } from '../support/shop.ts';
import { signIn, signUp } from './requests.ts';

const derivations: object[] = [];
const { argon2 } = crypto;

/** What takes the time of a sign-in, done as ever, and noted. */
function noteArgon2(...[algorithm, parameters, done]: Parameters<typeof argon2>) {
  const { memory, passes, parallelism, tagLength } = parameters;
  derivations.push({ algorithm, memory, passes, parallelism, tagLength });
  return argon2(algorithm, parameters, done);
}

const use = (one: typeof argon2) => {
  crypto.argon2 = one;
  syncBuiltinESMExports();
};
use(noteArgon2);
atEnd(() => use(argon2));

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
