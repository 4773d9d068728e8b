import type { Resolvers } from '../../schema.types.ts';

export const tenantResolvers: Resolvers = {
  Query: { shop: (_, __, { shop }) => shop },
  Shop: {
    id: ({ _id }) => _id.toHexString(),
    currency: ({ settings }) => settings.currency,
    locale: ({ settings }) => settings.locale,
    settings: ({ settings }) => settings.storefront,
  },
};
