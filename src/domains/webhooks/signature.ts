import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'souk-signature';

/** `t=1700000000,v1=…`: HMAC-SHA256 of the time, a dot and the body, with each secret that holds. */
export function signatureOf(rawBody: string, at: Date, secrets: readonly string[]): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const signed = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${seconds}.${rawBody}`).digest('hex'),
  );
  return [`t=${seconds}`, ...signed.map((hex) => `v1=${hex}`)].join(',');
}
