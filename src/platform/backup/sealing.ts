import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { createGunzip, createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { BackupError } from './backup-error.ts';

const MAGIC = Buffer.from('SOUKAES1');
const [KEY_BYTES, ID_BYTES, IV_BYTES, TAG_BYTES] = [32, 8, 12, 16];
const HEAD_BYTES = MAGIC.length + ID_BYTES + IV_BYTES;
const FAST = { level: 1 };

export function readBackupKey(text: string): Buffer {
  const value = text.trim();
  const key = Buffer.from(value, /^[0-9a-f]{64}$/i.test(value) ? 'hex' : 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new BackupError('BACKUP_KEY is 32 bytes in base64 or hex: openssl rand -base64 32');
}

/** What tells one key from another and gives none away. */
const idOf = (key: Buffer) => createHmac('sha256', key).update('backup key').digest().subarray(0, ID_BYTES);

export const endingOf = (key: Buffer | null): string => (key ? '.gz.aes' : '.gz');

export type Sealed = { body: Readable; facts: () => { sha256: string; bytes: number } };

/** Compressed, and encrypted where there is a key; the facts are known once all of it has been read. */
export function seal(plain: AsyncIterable<Uint8Array>, key: Buffer | null): Sealed {
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const stages = [Readable.from(plain), createGzip(FAST), ...(key ? [encrypting(key)] : []), counted];
  return { body: chained(stages), facts: () => ({ sha256: hash.digest('hex'), bytes }) };
}

/** Of what fits into memory. */
export function sealBytes(plain: Uint8Array, key: Buffer | null): { body: Buffer; sha256: string } {
  const zipped = gzipSync(plain, FAST);
  const body = key ? encrypted(zipped, key) : zipped;
  return { body, sha256: createHash('sha256').update(body).digest('hex') };
}

export function unsealBytes(body: Buffer, key: Buffer | null): Buffer {
  return gunzipSync(isEncrypted(body) ? decrypted(body, key) : body);
}

/** The content of a file; throws at its end, at the latest, when it is not what was written. */
export function unseal(body: Readable, sha256: string, isSealed: boolean, key: Buffer | null): Readable {
  const hash = createHash('sha256');
  const checked = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === sha256 ? null : new BackupError('its SHA-256 is not the one written down'));
    },
  });
  return chained([body, checked, ...(isSealed ? [decrypting(key)] : []), createGunzip()]);
}

/** What fails in one stage fails in the last. */
function chained(stages: Readable[]): Readable {
  return stages.reduce((above, below) => {
    above.once('error', (error) => below.destroy(error));
    below.once('close', () => above.destroy());
    return above.pipe(below as Transform);
  });
}

const isEncrypted = (body: Buffer) => body.subarray(0, MAGIC.length).equals(MAGIC);

function encrypted(plain: Buffer, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([MAGIC, idOf(key), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function encrypting(key: Buffer): Transform {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  let begun = false;
  const head = () => {
    if (begun) return [];
    begun = true;
    return [MAGIC, idOf(key), iv];
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) => done(null, Buffer.concat([...head(), cipher.update(chunk)])),
    flush: (done) => done(null, Buffer.concat([...head(), cipher.final(), cipher.getAuthTag()])),
  });
}

function decipherOf(head: Buffer, key: Buffer | null) {
  if (key === null) throw new BackupError('it is encrypted: set BACKUP_KEY');
  if (!isEncrypted(head)) throw new BackupError('it is no encrypted file of Souk');
  if (!head.subarray(MAGIC.length, MAGIC.length + ID_BYTES).equals(idOf(key)))
    throw new BackupError('it was encrypted with another key than BACKUP_KEY');
  return createDecipheriv('aes-256-gcm', key, head.subarray(HEAD_BYTES - IV_BYTES, HEAD_BYTES));
}

function decrypted(body: Buffer, key: Buffer | null): Buffer {
  const decipher = decipherOf(body, key);
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(body.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
}

function decrypting(key: Buffer | null): Transform {
  let held: Buffer = Buffer.alloc(0);
  let decipher: ReturnType<typeof decipherOf> | undefined;
  const take = (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    if (!decipher) {
      if (held.length < HEAD_BYTES + TAG_BYTES) return Buffer.alloc(0);
      decipher = decipherOf(held, key);
      held = held.subarray(HEAD_BYTES);
    }
    // The last bytes seen may be the tag.
    const ready = held.subarray(0, Math.max(0, held.length - TAG_BYTES));
    held = held.subarray(ready.length);
    return decipher.update(ready);
  };
  const end = () => {
    if (!decipher) throw new BackupError('it is cut off');
    return decipher.setAuthTag(held).final();
  };
  return new Transform({
    transform: (chunk: Buffer, _, done) => attempt(done, () => take(chunk)),
    flush: (done) => attempt(done, end),
  });
}

function attempt(done: TransformCallback, work: () => Buffer): void {
  try {
    done(null, work());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
