import { createHash } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import { foldKey } from '../auth/account-rules.ts';

/** Who buys, as far as is known. */
export type Customer = { userId?: ObjectId | null; email?: string | null };

/**
 * In which ways a customer is known again. An address is kept as its hash: it need not be read again, and whoever is
 * forgotten elsewhere is not remembered here.
 */
export function customerKeys({ userId, email }: Customer): string[] {
  return [
    ...(userId ? [`user:${userId.toHexString()}`] : []),
    ...(email ? [`email:${hashOf(foldKey(email.trim()))}`] : []),
  ];
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
