import { AppError } from '../errors.ts';

/** Why a WebSocket is closed: clients that reconnect by themselves do so after 1001 and 1013, and not after 44xx. */
export const CLOSE = {
  goingAway: [1001, 'The server stops: connect again, with after'],
  tooSlow: [1013, 'Too slow: events were not read as fast as they came; connect again, with after'],
  busy: [1013, 'Not now: connect again in a moment'],
  notAllowed: [4403, 'Forbidden'],
} as const satisfies Record<string, readonly [number, string]>;

export type Close = readonly [code: number, reason: string];

const CODES: Partial<Record<AppError['code'], number>> = {
  UNAUTHENTICATED: 4401,
  FORBIDDEN: 4403,
  TENANT_NOT_FOUND: 4404,
  BAD_USER_INPUT: 4400,
};
/** What fits into a close frame. */
const MOST_REASON = 120;

/** For a caller that is not let in, or not any more; null where that says nothing about the caller. */
export function closeFor(error: unknown): Close | null {
  const code = error instanceof AppError ? CODES[error.code] : undefined;
  return code === undefined ? null : [code, (error as AppError).message.slice(0, MOST_REASON)];
}
