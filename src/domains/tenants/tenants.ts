import { ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { type Plan, type Tenant, tenants } from './collections.ts';

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export type NewTenant = {
  _id?: ObjectId;
  name: string;
  subdomain: string;
  plan: Plan;
  currency: string;
  locale: string;
  storefront?: Record<string, unknown>;
};

export async function createTenant(db: SystemDb, { currency, locale, storefront = {}, ...asked }: NewTenant) {
  if (!SUBDOMAIN.test(asked.subdomain)) {
    throw badInput(
      `A subdomain has small letters, digits and hyphens, not "${asked.subdomain}"`,
      'subdomain',
    );
  }
  const now = db.now();
  const tenant: Tenant = {
    _id: new ObjectId(),
    ...asked,
    settings: { currency, locale, storefront },
    isActive: true,
    createdAt: now,
    updatedAt: now,
  };
  await db.collection(tenants).insertOne(tenant);
  return tenant;
}

/** A shop that is open, by what its address says. */
export const findTenant = (db: SystemDb, subdomain: string): Promise<Tenant | null> =>
  db.collection(tenants).findOne({ subdomain, isActive: true });

export const findTenantById = (db: SystemDb, id: ObjectId): Promise<Tenant | null> =>
  db.collection(tenants).findOne({ _id: id, isActive: true });

export const listTenants = (db: SystemDb): Promise<Tenant[]> =>
  db.collection(tenants).find().sort({ subdomain: 1 }).toArray();
