import type { ObjectId } from 'mongodb';
import { defineSystemCollection } from '../../platform/mongo/collection.ts';
import { anyOf, bool, count, date, object, text, whole } from '../../platform/mongo/schema.ts';

export type Plan = 'FREE' | 'PRO' | 'ENTERPRISE';

/** `storefront` may be read by anybody; everything else of the settings is the staff's. */
export type TenantSettings = {
  currency: string;
  locale: string;
  storefront: Record<string, unknown>;
  /** What can be bought of a variant when its stock counts as low; 5 when absent. */
  lowStockThreshold?: number;
  /** The storefront's page to set a password on; letters link to it. */
  passwordPage?: string;
};

export type Tenant = {
  _id: ObjectId;
  name: string;
  subdomain: string;
  plan: Plan;
  settings: TenantSettings;
  isActive: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

export const tenants = defineSystemCollection<Tenant>(
  'tenants',
  object({
    name: text,
    subdomain: { ...text, pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$' },
    plan: anyOf('FREE', 'PRO', 'ENTERPRISE'),
    settings: object(
      {
        currency: { ...text, pattern: '^[A-Z]{3}$' },
        locale: text,
        storefront: { bsonType: 'object' },
        lowStockThreshold: count,
        passwordPage: text,
      },
      ['lowStockThreshold', 'passwordPage'],
    ),
    isActive: bool,
    version: whole,
    createdAt: date,
    updatedAt: date,
  }),
  [{ key: { subdomain: 1 }, unique: true }, { key: { createdAt: -1, _id: -1 } }],
);
