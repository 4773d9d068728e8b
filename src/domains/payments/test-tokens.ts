import type { RefundOutcome } from './provider.ts';

type Behaviour = {
  state: 'APPROVED' | 'PENDING' | 'DECLINED';
  /** Why, to the buyer. */
  reason?: string;
  /** After how many it comes about; never by itself when absent. */
  seconds?: number;
  /** How often it tells of itself. */
  notices?: number;
  /** What the caller hears, where it is not the outcome: a failure, or nothing at all. */
  answer?: 'error' | 'lost' | 'none';
  refund?: RefundOutcome['state'];
  refundSeconds?: number;
};

const DELAY_SECONDS = 5;
const MOST_SECONDS = 24 * 60 * 60;

/** What each token of the test provider makes it do; docs/payments.md says it in words. */
const TOKENS: Record<string, Behaviour> = {
  approve: { state: 'APPROVED' },
  decline: { state: 'DECLINED', reason: 'The card was declined' },
  delay: { state: 'PENDING', seconds: DELAY_SECONDS, notices: 1 },
  confirm: { state: 'PENDING' },
  timeout: { state: 'APPROVED', answer: 'none' },
  'lost-answer': { state: 'APPROVED', answer: 'lost' },
  error: { state: 'DECLINED', answer: 'error' },
  'duplicate-notice': { state: 'APPROVED', notices: 2 },
  'refund-fails': { state: 'APPROVED', refund: 'FAILED' },
  'refund-delay': { state: 'APPROVED', refund: 'PENDING', refundSeconds: DELAY_SECONDS },
};

/** `delay:60` is a delay of a minute. A token that is not known is declined, and says which there are. */
export function behaviourOf(token: string): Behaviour {
  const [name = '', given] = token.split(':', 2);
  const known = Object.hasOwn(TOKENS, name) ? TOKENS[name] : undefined;
  if (!known)
    return { state: 'DECLINED', reason: `The test provider knows ${Object.keys(TOKENS).join(', ')}` };
  const seconds = Number(given);
  if (name !== 'delay' || !Number.isInteger(seconds) || seconds < 0) return known;
  return { ...known, seconds: Math.min(seconds, MOST_SECONDS) };
}
