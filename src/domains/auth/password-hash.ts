import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { openGate } from '../../platform/limits/gate.ts';

/** OWASP's choice for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const AT_ONCE = 4;
const QUEUED = 64;

type Parameters = { memory: number; passes: number; parallelism: number };
type Parsed = Parameters & { salt: Buffer; hash: Buffer };

/** Each holds 19 MiB and a thread; a flood of them must not take the process down. */
const gate = openGate(AT_ONCE, QUEUED, 'Too many people sign in at this moment; try again');

const run = (password: string, salt: Buffer, tagLength: number, cost: Parameters): Promise<Buffer> =>
  gate(() =>
    promisify(argon2)('argon2id', { message: password.normalize('NFKC'), nonce: salt, tagLength, ...cost }),
  );

/** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const cost = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM };
  const hash = await run(password, salt, HASH_BYTES, cost);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${encode(salt)}$${encode(hash)}`;
}

/** For an account that does not exist, or has no password, the same work is done and nothing matches. */
const NOBODY: Parsed = {
  memory: MEMORY_KIB,
  passes: PASSES,
  parallelism: PARALLELISM,
  salt: randomBytes(SALT_BYTES),
  hash: randomBytes(HASH_BYTES),
};

export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { salt, hash, ...cost } = stored === null ? NOBODY : parse(stored);
  const given = await run(password, salt, hash.length, cost);
  return timingSafeEqual(given, hash) && stored !== null;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parse(stored: string): Parsed {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  if (!hash) throw new Error('A stored password hash is not in the PHC form of argon2id');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Base64 without padding, as PHC strings have it. */
const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
