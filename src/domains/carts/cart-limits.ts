const DAY_MS = 24 * 60 * 60 * 1000;

export const MAX_LINES = 200;
export const MAX_QUANTITY = 10_000;
export const MAX_CODES = 10;

/** How long a cart stays without a change, one of somebody with an account and any other. */
const PERSONAL_DAYS = 90;
const ANONYMOUS_DAYS = 30;

export const expiryOf = (userId: unknown, at: Date): Date =>
  new Date(at.getTime() + (userId ? PERSONAL_DAYS : ANONYMOUS_DAYS) * DAY_MS);
