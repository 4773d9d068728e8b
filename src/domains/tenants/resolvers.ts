import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { Tenant } from './collections.ts';
import { limitsOf } from './plans.ts';
import { operatorMutation, platformOf } from './platform.ts';
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
    tenants: (_, args, context) => pageTenants(platformOf(context), args),
  },
  Mutation: {
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
  TenantConnection: { ...connectionResolvers<Tenant>(), totalCount: ({ count }) => count() },
  TenantEdge: edgeResolvers<Tenant>(),
  PlanLimits: {
    costBudget: ({ cost }) => cost.size,
    costPerSecond: ({ cost }) => cost.perSecond,
  },
};
