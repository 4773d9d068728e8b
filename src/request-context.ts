import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from './context.ts';
import { operatorGate } from './domains/auth/operator-keys.ts';
import { keyViewer, operator, shopper, userViewer, type Viewer } from './domains/auth/viewer.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import type { Notes } from './platform/cache/answers.ts';
import { tenantNotFound, unauthenticated } from './platform/errors.ts';
import { readAfter } from './platform/http/after.ts';
import { type Connected, clientAddress } from './platform/http/client-address.ts';
import { nameRequest } from './platform/http/headers.ts';
import { LIMITS } from './platform/limits/limits.ts';
import type { Database } from './platform/mongo/client.ts';
import { isOfTenant } from './platform/mongo/guard.ts';
import { OwnWrites } from './platform/mongo/own-writes.ts';
import type { Origin, Scope } from './platform/mongo/scope.ts';
import { type RequestRecord, recordOf } from './platform/requests/record.ts';
import { type Credentials, credentialsOf, headerText, tenantOf } from './request-credentials.ts';
import type { Services } from './services.ts';

type CallerOfShop = Exclude<Credentials, { kind: 'operator' }>;

export type ShopSource = { services: Pick<Services, 'directory'>; defaultTenant: string | undefined };

export type ContextOptions = ShopSource & {
  database: Database;
  services: Services;
  operatorKey: string | undefined;
  /** How many proxies stand in front. */
  trustedProxies: number;
  onCommand: Scope['onCommand'];
};

/** What a request is about: its shop and who asks, out of its headers. */
export function contextSource(options: ContextOptions) {
  const { database, services, onCommand } = options;
  const lookUp = { commandMs: LIMITS.commandMs };
  const admitOperator = operatorGate(database.systemDb('who is the operator', lookUp), options.operatorKey);

  async function viewerOf(
    credentials: CallerOfShop,
    shop: Tenant,
    record: RequestRecord | undefined,
  ): Promise<Viewer> {
    if (credentials.kind === 'none') return shopper();
    if (!tenantOf(credentials)?.equals(shop._id)) throw unauthenticated(notOf(shop, credentials));
    const db = database.tenantDb(shop._id, { onCommand, commands: record?.commands, ...lookUp });
    if (credentials.kind === 'apiKey') {
      const key = await services.apiKeys.find(db, credentials.secret);
      return keyViewer(key._id.toHexString(), key.scopes);
    }
    const { token } = credentials;
    const session = await services.sessions.find(db, token);
    if (!session) throw unauthenticated('This session has ended: sign in again');
    return userViewer({ ...session, token });
  }

  function contextOf(viewer: Viewer, shop: Tenant | null, asked: Connected, notes?: Notes): Context {
    const requestId = nameRequest(asked);
    const origin = originOf(viewer, requestId, asked, options.trustedProxies);
    const { requestMs, commandMs } = LIMITS;
    const ownWrites = new OwnWrites(readAfter(asked.headers));
    const record = recordOf(asked);
    if (record) identify(record, shop, origin);
    const bounds = { deadline: Date.now() + requestMs, commandMs };
    const scope = { ...bounds, onCommand, commands: record?.commands, origin, ownWrites, ...notes };
    const platform = viewer.kind === 'operator' ? database.systemDb('asked by the operator', scope) : null;
    const rest = { ...services, requestId, record, viewer, platform, loaders: new Map() };
    return shop
      ? { ...rest, shop, db: database.tenantDb(shop._id, scope) }
      : withoutShop(rest, asked.headers);
  }

  return async (asked: Connected, notes?: Notes): Promise<Context> => {
    const credentials = credentialsOf(asked.headers);
    if (credentials.kind === 'operator') await admitOperator(credentials.key);
    const shop = await findShop(options, asked.headers, credentials);
    if (credentials.kind === 'operator') return contextOf(operator(), shop, asked, notes);
    if (!shop) throw noShop(asked.headers);
    isOfTenant(shop._id);
    return contextOf(await viewerOf(credentials, shop, recordOf(asked)), shop, asked, notes);
  };
}

/** The shop that is named, or else that of the host, of the key or token, or of a request that names none. */
export async function findShop(
  { services: { directory }, defaultTenant }: ShopSource,
  headers: IncomingHttpHeaders,
  credentials: Credentials,
): Promise<Tenant | null> {
  const named = headerText(headers['x-tenant']);
  if (named !== undefined) return directory.bySubdomain(named.toLowerCase());
  const host = hostLabel(headers.host);
  const ofCredentials = tenantOf(credentials);
  return (
    (host && (await directory.bySubdomain(host))) ||
    (ofCredentials && (await directory.byId(ofCredentials))) ||
    (defaultTenant && (await directory.bySubdomain(defaultTenant))) ||
    null
  );
}

const noShop = (headers: IncomingHttpHeaders) =>
  tenantNotFound(headerText(headers['x-tenant']) ?? hostLabel(headers.host));

const notOf = ({ name }: Tenant, { kind }: Credentials) =>
  `This ${kind === 'apiKey' ? 'API key' : 'session token'} is not valid for ${name}`;

/**
 * The operator's fields need no shop; each other field says that it does. On the prototype, because Apollo copies the
 * fields of a context, which would ask for them.
 */
function withoutShop(rest: Omit<Context, 'shop' | 'db'>, headers: IncomingHttpHeaders): Context {
  const missing = (): never => {
    throw noShop(headers);
  };
  const prototype = Object.defineProperties({}, { shop: { get: missing }, db: { get: missing } });
  return Object.assign(Object.create(prototype), rest);
}

function identify(record: RequestRecord, shop: Tenant | null, { actor }: Origin) {
  record.tenant = shop ? shop._id.toHexString() : null;
  record.caller = actor;
}

const originOf = ({ kind, id }: Viewer, requestId: string, asked: Connected, proxies: number): Origin => ({
  actor: id === null || id === kind ? id : `${kind}:${id}`,
  requestId,
  ip: clientAddress(asked, proxies),
  userAgent: headerText(asked.headers['user-agent'])?.slice(0, 256) ?? null,
});

/** The first label of a host with more than one: `demo` of `demo.shops.example:443`. */
function hostLabel(host: string | undefined): string | undefined {
  const [name = ''] = (host ?? '').split(':', 1);
  const [first, ...rest] = name.toLowerCase().split('.');
  return rest.length > 0 && isIP(name) === 0 ? first : undefined;
}
