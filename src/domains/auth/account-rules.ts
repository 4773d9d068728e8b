import { invalid } from '../../platform/errors.ts';
import { ROLES, type Role } from './permissions.ts';

const PASSWORD = { least: 10, most: 256 };
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/;
const MOST_EMAIL = 254;
const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{2,31}$/u;
const PHONE = /^\+?[0-9][0-9 ()./-]{4,30}$/;
const MOST_NAME = 200;

/** By what an account is found, whatever the letters' case and width. */
export const foldKey = (text: string): string => text.normalize('NFKC').toLowerCase();

export function readEmail(given: string, ...path: string[]): string {
  const email = given.trim();
  if (email.length > MOST_EMAIL || !EMAIL.test(email))
    throw invalid(`"${email.slice(0, 80)}" is no e-mail address, such as ada@example.com`, ...path);
  return email;
}

export function readUsername(given: string, ...path: string[]): string {
  const username = given.trim();
  if (!USERNAME.test(username))
    throw invalid(
      'A username has 3 to 32 letters, digits, dots, hyphens or underscores, and begins with a letter or digit',
      ...path,
    );
  return username;
}

/** Null for an empty text, which names nobody. */
export function readName(given: string, ...path: string[]): string | null {
  const name = given.trim();
  if (name.length > MOST_NAME) throw invalid(`A name has at most ${MOST_NAME} characters`, ...path);
  // A name goes into letters and lists: it is one line.
  if (/\p{Cc}/u.test(name)) throw invalid('A name is one line of text', ...path);
  return name === '' ? null : name;
}

export function readPhone(given: string, ...path: string[]): string {
  const phone = given.trim();
  if (!PHONE.test(phone)) throw invalid('A telephone number looks like +1 207 555 0143', ...path);
  return phone;
}

/** Length is what makes a password strong; rules about its characters make people choose worse ones. */
export function checkPassword(password: string, email: string | null, ...path: string[]): void {
  const length = [...password].length;
  if (length < PASSWORD.least)
    throw invalid(`A password has at least ${PASSWORD.least} characters; this one has ${length}`, ...path);
  if (length > PASSWORD.most)
    throw invalid(`A password has at most ${PASSWORD.most} characters; this one has ${length}`, ...path);
  if (email !== null && foldKey(password) === foldKey(email))
    throw invalid('The e-mail address is the first thing that others would try as a password', ...path);
}

export function readRoles(roles: readonly Role[], ...path: string[]): Role[] {
  if (roles.length === 0) throw invalid(`An account has at least one role of ${ROLES.join(', ')}`, ...path);
  return ROLES.filter((role) => roles.includes(role));
}
