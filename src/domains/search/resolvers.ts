import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { Product } from '../catalogue/documents.ts';
import { productProjection } from '../catalogue/product-fields.ts';
import { listProducts } from './product-list.ts';
import { suggest } from './suggestions.ts';

export const searchResolvers: Resolvers = {
  Query: {
    products: (_, args, context, info) => listProducts(context.db, context, args, rowsAsked(info)),
    searchSuggestions: (_, { prefix, first }, { db }, info) =>
      suggest(db, prefix, first ?? 10, productProjection(info, 'product')),
  },
  Category: {
    products: ({ _id }, args, context, info) => listProducts(context.db, context, args, rowsAsked(info), _id),
  },
  ProductConnection: {
    ...connectionResolvers<Product>(),
    ...countResolvers,
    facets: ({ facets }) => facets(),
  },
  ProductEdge: edgeResolvers<Product>(),
};

const rowsAsked = (info: Parameters<typeof productProjection>[0]) =>
  productProjection(info, 'nodes', 'edges.node');
