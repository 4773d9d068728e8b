import { invalid } from '../../platform/errors.ts';

const MOST_ORIGINS = 20;
const LOCAL = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

export function readReturnOrigins(given: readonly string[]): string[] {
  if (given.length > MOST_ORIGINS)
    throw invalid(`An account has at most ${MOST_ORIGINS} origins to return to`, 'input', 'returnOrigins');
  return [...new Set(given.map(readOrigin))];
}

function readOrigin(given: string, index: number): string {
  const origin = given.toLowerCase();
  if (isSafe(origin) && URL.parse(origin)?.origin === origin) return origin;
  throw invalid(
    `An origin to return to is https://host, without a path, not ${JSON.stringify(given.slice(0, 80))}`,
    ...['input', 'returnOrigins', String(index)],
  );
}

/** Where a buyer comes back to from the bank: any page over https, unless the account names whose. */
export function readReturnUrl(given: unknown, allowed: readonly string[]): string | null {
  if (given == null) return null;
  const url = URL.parse(String(given));
  if (!url || !isSafe(url.origin) || url.username !== '')
    throw invalid('A page to return to is https://…', 'input', 'returnUrl');
  if (allowed.length > 0 && !allowed.includes(url.origin))
    throw invalid(`Buyers of this shop return to ${allowed.join(', ')} alone`, 'input', 'returnUrl');
  return url.href;
}

/** A developer's own machine is as safe without https. */
const isSafe = (origin: string) => origin.startsWith('https://') || LOCAL.test(origin);
