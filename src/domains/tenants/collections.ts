import type { ObjectId } from 'mongodb';
import { defineSystemCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  list,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';

export type Plan = 'FREE' | 'PRO' | 'ENTERPRISE';

/** What holds where a shop says nothing. */
export const USUAL_SETTINGS = { lowStockThreshold: 5, unpaidOrderMinutes: 60 };

/** `storefront` may be read by anybody; everything else of the settings is the staff's. */
export type TenantSettings = {
  currency: string;
  locale: string;
  storefront: Record<string, unknown>;
  /** What can be bought of a variant when its stock counts as low; 5 when absent. */
  lowStockThreshold?: number;
  /** How long an order may wait for its payment before it is cancelled; 60 when absent. */
  unpaidOrderMinutes?: number;
  /** Orders at an end that nothing happened to for so long go to the archive; never when absent. */
  archiveOrdersAfterMonths?: number;
  /** The storefront's page to set a password on; letters link to it. */
  passwordPage?: string;
  /** Sites whose pages may use the API from a browser, besides its own; `*` for any. */
  allowedOrigins?: string[];
  /** Whether prices have the tax in them, as they do when this is absent; else it comes on top. */
  tax?: { included: boolean };
  /** How goods are sent, in the order in which it is shown; not at all when absent. */
  shipping?: { methods: ShippingMethod[] };
};

/** Amounts are minor units of the shop's currency. Free from a value of the goods on; null: never. */
export type ShippingMethod = { id: string; name: string; price: number; freeFrom: number | null };

export type ShippingSetting = { method: ShippingMethod; currency: string };

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
        unpaidOrderMinutes: count,
        archiveOrdersAfterMonths: count,
        passwordPage: text,
        allowedOrigins: list(text),
        tax: object({ included: bool }),
        shipping: object({
          methods: list(object({ id: text, name: text, price: count, freeFrom: nullable(count) })),
        }),
      },
      [
        ...['lowStockThreshold', 'unpaidOrderMinutes', 'archiveOrdersAfterMonths', 'passwordPage'],
        ...['allowedOrigins', 'tax', 'shipping'],
      ],
    ),
    isActive: bool,
    version: whole,
    createdAt: date,
    updatedAt: date,
  }),
  [
    { key: { subdomain: 1 }, unique: true },
    { key: { createdAt: -1, _id: -1 } },
    { key: { 'settings.allowedOrigins': 1 } },
  ],
);
