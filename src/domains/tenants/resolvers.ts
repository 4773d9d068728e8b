import type { Context } from '../../context.ts';
import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { type Tenant, USUAL_SETTINGS } from './collections.ts';
import { limitsOf } from './plans.ts';
import { operatorMutation, platformOf } from './platform.ts';
import { readShop, updateShop } from './shop-settings.ts';
import { pageTenants, updateTenant } from './tenants.ts';

/** What a shop shows of itself to anybody, and to the operator. */
const shown = {
  id: ({ _id }: Tenant) => _id.toHexString(),
  currency: ({ settings }: Tenant) => settings.currency,
  locale: ({ settings }: Tenant) => settings.locale,
  settings: ({ settings }: Tenant) => settings.storefront,
  limits: ({ plan }: Tenant) => limitsOf(plan),
};

export const tenantResolvers: Resolvers = {
  Query: {
    shop: (_, __, { shop }) => shop,
    shopSettings: (_, __, { db }) => readShop(db),
    tenants: (_, args, context) => pageTenants(platformOf(context), args),
  },
  Mutation: {
    shopUpdate: mutation('shopUpdate', updateShop, undefined, {
      after: (_, { directory }: Context) => directory.forget(),
    }),
    tenantUpdate: operatorMutation('tenantUpdate', updateTenant, undefined, {
      after: (_, { directory }) => directory.forget(),
    }),
  },
  Shop: shown,
  Tenant: {
    ...shown,
    passwordPage: ({ settings }) => settings.passwordPage ?? null,
    allowedOrigins: ({ settings }) => settings.allowedOrigins ?? [],
  },
  ShopSettings: {
    currency: ({ settings }) => settings.currency,
    locale: ({ settings }) => settings.locale,
    storefront: ({ settings }) => settings.storefront,
    taxIncluded: ({ settings }) => settings.tax?.included ?? true,
    shippingMethods: ({ settings: { shipping, currency } }) =>
      (shipping?.methods ?? []).map((method) => ({ method, currency })),
    lowStockThreshold: ({ settings }) => settings.lowStockThreshold ?? USUAL_SETTINGS.lowStockThreshold,
    unpaidOrderMinutes: ({ settings }) => settings.unpaidOrderMinutes ?? USUAL_SETTINGS.unpaidOrderMinutes,
    archiveOrdersAfterMonths: ({ settings }) => settings.archiveOrdersAfterMonths ?? null,
    passwordPage: ({ settings }) => settings.passwordPage ?? null,
    allowedOrigins: ({ settings }) => settings.allowedOrigins ?? [],
  },
  ShippingSetting: {
    id: ({ method }) => method.id,
    name: ({ method }) => method.name,
    price: ({ method: { price: minor }, currency }) => ({ minor, currency }),
    freeFrom: ({ method: { freeFrom: minor }, currency }) => (minor === null ? null : { minor, currency }),
  },
  TenantConnection: { ...connectionResolvers<Tenant>(), ...countResolvers },
  TenantEdge: edgeResolvers<Tenant>(),
  PlanLimits: {
    costBudget: ({ cost }) => cost.size,
    costPerSecond: ({ cost }) => cost.perSecond,
  },
};
