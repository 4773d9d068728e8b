import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Says how it is sealed, for the day when it is done otherwise. */
const VERSION = 'v1';

/** Encrypts with the first key. `place` says where it is stored: put anywhere else, it cannot be opened. */
export function seal(plain: string, place: string, [key]: readonly Buffer[]): string {
  if (!key) throw new Error('There is no key to seal with');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${sealed.toString('base64url')}`;
}

/** Undefined when none of the keys opens it. */
export function unseal(text: string, place: string, keys: readonly Buffer[]): string | undefined {
  const [version, body = ''] = text.split('.', 2);
  const sealed = Buffer.from(body, 'base64url');
  if (version !== VERSION || sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  for (const key of keys) {
    const opened = openWith(key, sealed, place);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

function openWith(key: Buffer, sealed: Buffer, place: string): string | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const plain = [decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(plain).toString();
  } catch {
    return undefined;
  }
}
