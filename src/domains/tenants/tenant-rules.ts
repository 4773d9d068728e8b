import { invalid } from '../../platform/errors.ts';
import type { TenantSettings } from './collections.ts';

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MOST_NAME = 200;

export function readSubdomain(subdomain: string): string {
  if (SUBDOMAIN.test(subdomain)) return subdomain;
  throw invalid(
    `A subdomain has small letters, digits and hyphens, at most 63, not "${subdomain.slice(0, 80)}"`,
    'input',
    'subdomain',
  );
}

export function readName(given: string): string {
  const name = given.trim();
  if (name !== '' && name.length <= MOST_NAME && !/\p{Cc}/u.test(name)) return name;
  throw invalid(`A shop has a name of 1 to ${MOST_NAME} characters on one line`, 'input', 'name');
}

/** A browser is sent there with a token, so nothing but a web page will do. */
export function pageOf(given: string | null | undefined): Pick<TenantSettings, 'passwordPage'> {
  if (given == null) return {};
  const page = String(given);
  if (!/^https?:\/\/[^#]+$/.test(page))
    throw invalid('A page is https://… without a #', 'input', 'passwordPage');
  return { passwordPage: page };
}
