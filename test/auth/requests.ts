import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from '../support/app.ts';
import type { Answer, Shop } from '../support/shop.ts';

export const PASSWORD = 'correct horse battery';

const ERRORS = '__typename code message path';

export const SIGN_UP = `mutation ($input: UserSignUpInput!) {
  userSignUp(input: $input) { token expiresAt user { id email username name roles version } userErrors { ${ERRORS} } }
}`;
export const SIGN_IN = `mutation ($input: SessionCreateInput!) {
  sessionCreate(input: $input) { token expiresAt user { id email lastLogin } userErrors { ${ERRORS} } }
}`;
export const ME = '{ me { id email name username phone roles lastLogin hasPassword version } }';

export type Headers = Record<string, string>;

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

let people = 0;

/** Somebody with a password of their own, through the front door. */
export async function signUp(shop: Shop, input: Record<string, unknown> = {}) {
  people += 1;
  const email = `person${people}@example.com`;
  const { data } = await shop.request(SIGN_UP, { input: { email, password: PASSWORD, ...input } });
  const { token, user, userErrors } = data.userSignUp;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return { user, token: token as string, headers: bearer(token) };
}

export const signIn = async (shop: Shop, input: Record<string, unknown>): Promise<Answer> =>
  shop.request(SIGN_IN, { input: { password: PASSWORD, ...input } });

/** The letters that an app wrote to files, latest last; waited for, because they are written after the answer. */
export async function lettersTo(app: TestApp, email: string, count = 1): Promise<string[]> {
  const folder = join(app.dataDir, 'mail');
  for (let tries = 0; tries < 100; tries++) {
    const files = (await readdir(folder).catch(() => [])).sort();
    const letters = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const found = letters.filter((letter) => letter.includes(`To: ${email}\n`));
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No letter to ${email} came`);
}

/** The token in a letter. */
export const tokenIn = (letter = ''): string =>
  /(?:reset|invitation)_[0-9a-f]{24}_[\w-]{43}/.exec(letter)?.[0] ?? '';
