import { invalid } from '../../platform/errors.ts';
import { nullable, object, text } from '../../platform/mongo/schema.ts';
import type { AddressInput } from '../../schema.types.ts';

export type Address = {
  name: string;
  company: string | null;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postalCode: string | null;
  /** ISO 3166, two letters. */
  country: string;
  phone: string | null;
};

export const addressSchema = object({
  name: text,
  company: nullable(text),
  line1: text,
  line2: nullable(text),
  city: text,
  region: nullable(text),
  postalCode: nullable(text),
  country: { ...text, pattern: '^[A-Z]{2}$' },
  phone: nullable(text),
});

const MOST_TEXT = 200;

/** `path` leads to the address in the input. */
export function readAddress(input: AddressInput, ...path: string[]): Address {
  const needed = (name: 'name' | 'line1' | 'city') => {
    const line = readLine(input[name], ...path, name);
    if (line === null) throw invalid(`An address has a ${name}`, ...path, name);
    return line;
  };
  return {
    name: needed('name'),
    company: readLine(input.company, ...path, 'company'),
    line1: needed('line1'),
    line2: readLine(input.line2, ...path, 'line2'),
    city: needed('city'),
    region: readLine(input.region, ...path, 'region'),
    postalCode: readLine(input.postalCode, ...path, 'postalCode'),
    country: readCountry(input.country, ...path, 'country'),
    phone: readLine(input.phone, ...path, 'phone'),
  };
}

function readLine(given: string | null | undefined, ...path: string[]): string | null {
  const line = given?.trim() ?? '';
  if (line.length > MOST_TEXT || /\p{Cc}/u.test(line))
    throw invalid(`Each part of an address is one line of at most ${MOST_TEXT} characters`, ...path);
  return line === '' ? null : line;
}

/** Regions with a code that are no countries, and a second code of one. */
const NO_COUNTRIES = ['EU', 'EZ', 'QO', 'UK', 'UN', 'ZZ'];
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function readCountry(given: string, ...path: string[]): string {
  const country = given.trim().toUpperCase();
  const isKnown = /^[A-Z]{2}$/.test(country) && countries.of(country) !== undefined;
  if (isKnown && !NO_COUNTRIES.includes(country)) return country;
  throw invalid(`"${given.slice(0, 40)}" is no country's code of two letters, such as DE`, ...path);
}
