import { invalid } from '../../platform/errors.ts';
import type { TenantSettings } from './collections.ts';

/** Any page of the web. */
export const ANY_ORIGIN = '*';
const MOST_ORIGINS = 50;

type Setting = Pick<TenantSettings, 'allowedOrigins'>;

/** The setting as it is stored: absent where no other site is allowed. */
export function originsOf(given: readonly string[] | null | undefined): Setting {
  if (given == null || given.length === 0) return {};
  if (given.length > MOST_ORIGINS)
    throw invalid(
      `A shop allows up to ${MOST_ORIGINS} origins, not ${given.length}`,
      'input',
      'allowedOrigins',
    );
  return { allowedOrigins: [...new Set(given.map(readOrigin))] };
}

function readOrigin(given: string, index: number): string {
  if (given === ANY_ORIGIN) return given;
  const origin = given.toLowerCase();
  // As browsers write it, so that the two can be compared as they are; a path or a pattern would look as if it counted.
  if (/^https?:[^*]+$/.test(origin) && URL.parse(origin)?.origin === origin) return origin;
  throw invalid(
    `An origin is https://host or https://host:port, without a path, or * for any, not ${JSON.stringify(given)}`,
    ...['input', 'allowedOrigins', String(index)],
  );
}

export const allowsOrigin = ({ allowedOrigins = [] }: TenantSettings, origin: string): boolean =>
  allowedOrigins.includes(origin) || allowedOrigins.includes(ANY_ORIGIN);
