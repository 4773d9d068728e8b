import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { ObjectId } from 'mongodb';
import type { Context } from './context.ts';
import { findApiKey, holds, noteUse, tenantOfKey } from './domains/auth/api-keys.ts';
import type { ApiKey } from './domains/auth/collections.ts';
import { keyViewer, shopper, type Viewer } from './domains/auth/viewer.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import { findTenant, findTenantById } from './domains/tenants/tenants.ts';
import { tenantNotFound, unauthenticated } from './platform/errors.ts';
import type { Database } from './platform/mongo/client.ts';
import type { Origin, Scope } from './platform/mongo/scope.ts';

const REQUEST_MS = 15_000;
const COMMAND_MS = 5_000;
/** A shop that closes and a key that is revoked are known to every process after this time. */
const REMEMBER_MS = 5_000;
const remembered = { max: 10_000, ttl: REMEMBER_MS };

/** As node:http gives it. */
type AskedBy = Pick<IncomingMessage, 'headers' | 'socket'>;

export type ContextOptions = {
  database: Database;
  defaultTenant: string | undefined;
  onCommand: Scope['onCommand'];
};

/** What a request is about: its shop and who asks, out of its headers. */
export function contextSource({ database, defaultTenant, onCommand }: ContextOptions) {
  const directory = database.systemDb('find the shop of a request');
  const shops = new LRUCache<string, { shop: Tenant | null }>(remembered);
  const keys = new LRUCache<string, ApiKey>(remembered);

  async function remember(name: string, find: () => Promise<Tenant | null>): Promise<Tenant | null> {
    const known = shops.get(name);
    if (known) return known.shop;
    const shop = await find();
    shops.set(name, { shop });
    return shop;
  }
  const bySubdomain = (subdomain: string) => remember(subdomain, () => findTenant(directory, subdomain));
  const byId = (id: ObjectId) => remember(`id ${id}`, () => findTenantById(directory, id));

  async function shopOf(headers: IncomingHttpHeaders): Promise<Tenant> {
    const named = text(headers['x-tenant']);
    const host = hostLabel(headers.host);
    const keyTenant = tenantOfKey(text(headers['x-api-key']) ?? '');
    const shop =
      named !== undefined
        ? await bySubdomain(named.toLowerCase())
        : (host && (await bySubdomain(host))) ||
          (keyTenant && (await byId(keyTenant))) ||
          (defaultTenant && (await bySubdomain(defaultTenant)));
    if (!shop) throw tenantNotFound(named ?? host);
    return shop;
  }

  async function viewerOf(headers: IncomingHttpHeaders, shop: Tenant): Promise<Viewer> {
    const secret = text(headers['x-api-key']);
    if (secret === undefined) return shopper;
    if (!tenantOfKey(secret)?.equals(shop._id))
      throw unauthenticated(`This API key is not valid for ${shop.name}`);
    const db = database.tenantDb(shop._id, { onCommand });
    const known = keys.get(secret);
    const key = known && holds(known, db.now()) ? known : await findApiKey(db, secret);
    if (key !== known) {
      keys.set(secret, key);
      await noteUse(db, key);
    }
    return keyViewer(key._id.toHexString(), key.scopes);
  }

  return async ({ headers, socket }: AskedBy): Promise<Context> => {
    const shop = await shopOf(headers);
    const viewer = await viewerOf(headers, shop);
    const requestId = text(headers['x-request-id'])?.slice(0, 64) ?? randomUUID();
    const origin: Origin = {
      actor: viewer.id === null ? null : `${viewer.kind}:${viewer.id}`,
      requestId,
      ip: socket.remoteAddress ?? null,
      userAgent: text(headers['user-agent'])?.slice(0, 256) ?? null,
    };
    const scope = { deadline: Date.now() + REQUEST_MS, commandMs: COMMAND_MS, onCommand, origin };
    return { requestId, shop, viewer, db: database.tenantDb(shop._id, scope), loaders: new Map() };
  };
}

const text = (header: string | string[] | undefined) =>
  typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;

/** The first label of a host with more than one: `demo` of `demo.shops.example:443`. */
function hostLabel(host: string | undefined): string | undefined {
  const [name = ''] = (host ?? '').split(':', 1);
  const [first, ...rest] = name.toLowerCase().split('.');
  return rest.length > 0 && isIP(name) === 0 ? first : undefined;
}
