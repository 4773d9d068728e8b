import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Resolvers } from '../../schema.types.ts';
import { findImportJob } from './bulk/import-jobs.ts';
import { refreshDueCopies } from './category-copies.ts';
import { createCategory, deleteCategory, updateCategory } from './category-writes.ts';
import type { Category, Product } from './documents.ts';
import {
  createProduct,
  deleteProduct,
  deleteVariant,
  restoreProduct,
  restoreProductVersion,
  updateProduct,
  upsertProduct,
  upsertVariants,
} from './product-writes.ts';
import { listVersions, type ProductVersion } from './versions.ts';
import { learnWords } from './vocabulary.ts';

export const catalogueChangeResolvers: Resolvers = {
  Mutation: {
    productCreate: productMutation('productCreate', createProduct),
    productUpdate: productMutation('productUpdate', updateProduct),
    productUpsert: productMutation('productUpsert', upsertProduct),
    productDelete: mutation('productDelete', deleteProduct),
    productRestore: productMutation('productRestore', restoreProduct),
    productRestoreVersion: productMutation('productRestoreVersion', restoreProductVersion),
    productVariantsUpsert: mutation('productVariantsUpsert', upsertVariants),
    productVariantDelete: mutation('productVariantDelete', deleteVariant),
    categoryCreate: mutation('categoryCreate', createCategory),
    categoryUpdate: categoryMutation('categoryUpdate', updateCategory),
    categoryDelete: categoryMutation('categoryDelete', deleteCategory),
  },
  Product: {
    canonicalSlug: ({ slug }) => slug,
    history: ({ _id }, args, { db }) => listVersions(db, _id, args),
  },
  Query: { productsImport: (_, { id }, { db }) => findImportJob(db, id) },
  ProductsImport: {
    id: ({ _id }) => _id.toHexString(),
    created: ({ counts }) => counts.created,
    updated: ({ counts }) => counts.updated,
    unchanged: ({ counts }) => counts.unchanged,
    refused: ({ counts }) => counts.refused,
  },
  ProductVersion: { product: ({ document }) => document },
  ProductVersionConnection: connectionResolvers<ProductVersion>(),
  ProductVersionEdge: edgeResolvers<ProductVersion>(),
};

/** The words of the product are known to the search at once. What fails here is done by the clock. */
function productMutation<I extends { idempotencyKey?: string | null }>(
  operation: string,
  change: (tx: TenantDb, input: I, context: Context) => Promise<{ product: Product }>,
) {
  const after = ({ product }: { product: Product }, { db }: Context) =>
    product.status === 'ACTIVE' ? learnWords(db, [product]).catch(() => {}) : undefined;
  return mutation(operation, change, undefined, { after });
}

/** How long a change waits for the copies in its products before it leaves the rest of them to the clock. */
const COPIES_WAIT_MS = 1_000;

/** A small shop reads its own change at once; in a large one the products follow within moments. */
function categoryMutation<I extends { idempotencyKey?: string | null }>(
  operation: string,
  change: (tx: TenantDb, input: I, context: Context) => Promise<{ category: Category }>,
) {
  const after = (_: { category: Category }, { db }: Context) => {
    // What fails here is due still, and done by the clock.
    const copies = refreshDueCopies(db).catch(() => {});
    return Promise.race([copies, sleep(COPIES_WAIT_MS, undefined, { ref: false })]);
  };
  return mutation(operation, change, undefined, { after });
}
