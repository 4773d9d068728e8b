import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { ask, type Caller, Refused } from './api.ts';
import SIGN_IN from './queries/sign-in.graphql?raw';
import SIGN_OUT from './queries/sign-out.graphql?raw';

/** In this tab alone, and gone with it. */
const KEPT = 'souk:insights';

/** Whoever signed in here before; else, where the server gives a key of its demo shop away, that key. */
export const knownCaller = (settings: PageSettings): Caller | null => keptCaller() ?? demoCaller(settings);

function keptCaller(): Caller | null {
  const kept = sessionStorage.getItem(KEPT);
  return kept === null ? null : JSON.parse(kept);
}

function demoCaller({ apiKey, defaultTenant }: PageSettings): Caller | null {
  return apiKey && defaultTenant ? { headers: { 'x-tenant': defaultTenant, 'x-api-key': apiKey } } : null;
}

export const keep = (caller: Caller) => sessionStorage.setItem(KEPT, JSON.stringify(caller));

/** The key itself says whose shop it is of. */
export const callerByKey = (apiKey: string): Caller => ({ headers: { 'x-api-key': apiKey.trim() } });

export async function callerByPassword(shop: string, email: string, password: string): Promise<Caller> {
  const headers: Record<string, string> = shop.trim() ? { 'x-tenant': shop.trim() } : {};
  type Session = { token: string | null; userErrors: { message: string }[] };
  const input = { email: email.trim(), password };
  const { sessionCreate } = await ask<{ sessionCreate: Session }>({ headers }, SIGN_IN, { input });
  const { token, userErrors } = sessionCreate;
  if (token === null) throw new Refused(userErrors[0]?.message ?? 'There is no session', 'UNAUTHENTICATED');
  return { headers: { ...headers, authorization: `Bearer ${token}` } };
}

/** A session ends on the server as well; an API key stays what it is. */
export async function signOut(caller: Caller): Promise<void> {
  sessionStorage.removeItem(KEPT);
  if ('authorization' in caller.headers) await ask(caller, SIGN_OUT).catch(() => {});
}
