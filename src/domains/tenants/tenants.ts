import { MongoServerError, ObjectId } from 'mongodb';
import { duplicate, notFound, versionConflict } from '../../platform/errors.ts';
import { type Counted, countedOnce, type Edge } from '../../platform/graphql/connection.ts';
import { findPage, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { recordChange } from '../audit/entries.ts';
import { ANY_ORIGIN, originsOf } from './allowed-origins.ts';
import { type Plan, type ShippingMethod, type Tenant, type TenantSettings, tenants } from './collections.ts';
import { PLATFORM_ID } from './platform.ts';
import { pageOf, readName, readSubdomain } from './tenant-rules.ts';

const DUPLICATE_KEY = 11000;
export type NewTenant = {
  _id?: ObjectId;
  name: string;
  subdomain: string;
  plan: Plan;
  currency: string;
  locale: string;
  storefront?: Record<string, unknown> | undefined;
  passwordPage?: string | null | undefined;
  allowedOrigins?: readonly string[] | null | undefined;
  /** How goods are sent, as it is stored. */
  shipping?: readonly ShippingMethod[] | undefined;
};

export function createTenant(db: SystemDb, asked: NewTenant): Promise<Tenant> {
  const {
    _id = new ObjectId(),
    name,
    subdomain,
    plan,
    currency,
    locale,
    storefront = {},
    passwordPage,
    allowedOrigins,
    shipping,
  } = asked;
  const now = db.now();
  const tenant: Tenant = {
    _id,
    name: readName(name),
    subdomain: readSubdomain(subdomain),
    plan,
    settings: {
      ...{ currency, locale, storefront, ...pageOf(passwordPage), ...originsOf(allowedOrigins) },
      ...(shipping && { shipping: { methods: [...shipping] } }),
    },
    isActive: true,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return db.transaction(async (tx) => {
    try {
      await tx.collection(tenants).insertOne(tenant, tx.options);
    } catch (error) {
      throw asDuplicate(error);
    }
    await recordChange(tx.forTenant(_id), { type: 'tenant', id: _id, before: null, after: tenant });
    return tenant;
  });
}

const asDuplicate = (error: unknown): unknown =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY
    ? duplicate('There is a shop with this subdomain already', null, 'input', 'subdomain')
    : error;

export type TenantChange = {
  id: string;
  name?: string | null;
  subdomain?: string | null;
  plan?: Plan | null;
  locale?: string | null;
  settings?: Record<string, unknown> | null;
  passwordPage?: string | null;
  allowedOrigins?: readonly string[] | null;
  isActive?: boolean | null;
  expectedVersion?: number | null;
  idempotencyKey?: string | null;
};

/** Changes a shop and tells its own audit; what is absent stays as it is. */
export async function updateTenant(tx: SystemDb, input: TenantChange): Promise<{ tenant: Tenant }> {
  const before = await readTenant(tx, input);
  const after: Tenant = {
    ...before,
    name: input.name == null ? before.name : readName(input.name),
    subdomain: input.subdomain == null ? before.subdomain : readSubdomain(input.subdomain),
    plan: input.plan ?? before.plan,
    settings: changedSettings(before.settings, input),
    isActive: input.isActive ?? before.isActive,
    version: before.version + 1,
    updatedAt: tx.now(),
  };
  try {
    await tx.collection(tenants).replaceOne({ _id: before._id }, after, tx.options);
  } catch (error) {
    throw asDuplicate(error);
  }
  await recordChange(tx.forTenant(before._id), { type: 'tenant', id: before._id, before, after });
  return { tenant: after };
}

async function readTenant(tx: SystemDb, { id, expectedVersion }: TenantChange): Promise<Tenant> {
  const tenant = ObjectId.isValid(id)
    ? await tx.collection(tenants).findOne({ _id: new ObjectId(id) }, tx.options)
    : null;
  if (!tenant) throw notFound('shop', 'input', 'id');
  if (expectedVersion != null && expectedVersion !== tenant.version) throw versionConflict(tenant.version);
  return tenant;
}

function changedSettings(before: TenantSettings, input: TenantChange): TenantSettings {
  const { passwordPage: pageBefore, allowedOrigins: originsBefore, ...kept } = before;
  return {
    ...kept,
    locale: input.locale ?? before.locale,
    storefront: input.settings ?? before.storefront,
    ...pageOf(input.passwordPage === undefined ? pageBefore : input.passwordPage),
    ...originsOf(input.allowedOrigins === undefined ? originsBefore : input.allowedOrigins),
  };
}

/** A shop that is open, by what its address says. */
export const findTenant = (db: SystemDb, subdomain: string): Promise<Tenant | null> =>
  db.collection(tenants).findOne({ subdomain, isActive: true }, db.options);

export const findTenantById = (db: SystemDb, id: ObjectId): Promise<Tenant | null> =>
  db.collection(tenants).findOne({ _id: id, isActive: true }, db.options);

/** Whether any open shop allows it: who asks before a request cannot say yet which shop it will be for. */
export async function isOriginAllowed(db: SystemDb, origin: string): Promise<boolean> {
  const allowing = { 'settings.allowedOrigins': { $in: [origin, ANY_ORIGIN] }, isActive: true };
  return (await db.collection(tenants).countDocuments(allowing, { ...db.options, limit: 1 })) > 0;
}

export const listTenants = (db: SystemDb): Promise<Tenant[]> =>
  db.collection(tenants).find().sort({ subdomain: 1 }).toArray();

export type TenantPage = Page<Tenant> & Counted;
export type TenantEdge = Edge<Tenant>;

/** Open and closed ones, newest first. */
export async function pageTenants(db: SystemDb, args: PageArgs): Promise<TenantPage> {
  const newest = { name: 'createdAt', path: 'createdAt', direction: -1 as const };
  const page = await findPage(
    db.forTenant(PLATFORM_ID),
    args,
    { ...newest, valueOf: ({ createdAt }: Tenant) => createdAt },
    ({ filter, sort, limit }) =>
      db
        .collection(tenants)
        .find(filter, { ...db.options, sort, limit })
        .toArray(),
  );
  const count = countedOnce((limit) => db.collection(tenants).countDocuments({}, { ...db.options, limit }));
  return { ...page, count };
}
