import type { IncomingMessage } from 'node:http';
import { allowsOrigin } from './domains/tenants/allowed-origins.ts';
import type { OriginPolicy } from './platform/http/cors.ts';
import { findShop, type ShopSource } from './request-context.ts';
import { type Credentials, credentialsOf } from './request-credentials.ts';

const THIS_MACHINE = /^https?:\/\/(?:[\w-]+\.)*(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** The sites whose pages may use a shop's API from a browser; outside production, also those of this machine. */
export function originPolicy(source: ShopSource, production: boolean): OriginPolicy {
  const { directory } = source.services;
  return async (origin, { headers }, asks) => {
    if (!production && THIS_MACHINE.test(origin)) return true;
    const shop = asks
      ? await findShop({ ...source, defaultTenant: undefined }, headers, NOBODY)
      : await findShop(source, headers, credentialsIn(headers));
    // A browser that asks beforehand shows the host alone; the answer itself will know the shop.
    if (!shop) return asks && directory.allowsOrigin(origin);
    return allowsOrigin(shop.settings, origin);
  };
}

const NOBODY: Credentials = { kind: 'none' };

/** What is wrong with them, the request itself is told. */
function credentialsIn(headers: IncomingMessage['headers']): Credentials {
  try {
    return credentialsOf(headers);
  } catch {
    return NOBODY;
  }
}
