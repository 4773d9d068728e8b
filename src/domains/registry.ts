import type { IResolvers } from '@graphql-tools/utils';
import { outbox, streamPositions } from '../platform/events/collections.ts';
import { pageInfoResolvers } from '../platform/graphql/connection.ts';
import { userErrorResolvers } from '../platform/graphql/user-errors.ts';
import { idempotencyKeys } from '../platform/idempotency/collections.ts';
import { locks } from '../platform/jobs/collections.ts';
import type { DeclaredCollection } from '../platform/mongo/collection.ts';
import { writeMarks } from '../platform/mongo/fence.ts';
import { migrationCollections } from '../platform/mongo/migration-collections.ts';
import { placements } from '../platform/mongo/placements.ts';
import type { Watched } from '../platform/mongo/reads.ts';
import { secrets } from '../platform/mongo/secrets.ts';
import { analyticsMarks, productAnalytics, salesDays } from './analytics/collections.ts';
import { analyticsResolvers } from './analytics/resolvers.ts';
import { auditMonthsAhead } from './audit/collections.ts';
import { auditResolvers } from './audit/resolvers.ts';
import { apiKeys, operatorKeys, passwordTokens, sessions, turns, users } from './auth/collections.ts';
import { authResolvers } from './auth/resolvers.ts';
import { carts } from './carts/collections.ts';
import { cartResolvers } from './carts/resolvers.ts';
import { importChunks, importJobs } from './catalogue/bulk/collections.ts';
import { categoryFigures, figureChanges } from './catalogue/category-figures.ts';
import { categories, products, vocabulary } from './catalogue/collections.ts';
import { lowStock } from './catalogue/low-stock.ts';
import { catalogueChangeResolvers } from './catalogue/mutations.ts';
import { countedViews, productViews } from './catalogue/popularity/collections.ts';
import { popularityResolvers } from './catalogue/popularity/resolvers.ts';
import { catalogueResolvers } from './catalogue/resolvers.ts';
import { stockMovements } from './catalogue/stock-movements.ts';
import { productVersions } from './catalogue/versions.ts';
import { dataChecks } from './checks/collections.ts';
import { addressBooks } from './customers/collections.ts';
import { customerResolvers } from './customers/resolvers.ts';
import { reservations } from './inventory/collections.ts';
import { inventoryResolvers } from './inventory/resolvers.ts';
import { archivedOrders } from './orders/archive/collections.ts';
import { orderCounters, orderEvents, orders } from './orders/collections.ts';
import { customerOrderResolvers } from './orders/customer-orders.ts';
import { orderPaymentResolvers } from './orders/payment-resolvers.ts';
import { orderResolvers } from './orders/resolvers.ts';
import { paymentAccounts, paymentRefunds, payments } from './payments/collections.ts';
import { paymentResolvers } from './payments/resolvers.ts';
import { testCharges } from './payments/test-charges.ts';
import { pricingResolvers } from './pricing/resolvers.ts';
import { erasures } from './privacy/collections.ts';
import { privacyResolvers } from './privacy/resolvers.ts';
import { promotions, redemptions } from './promotions/collections.ts';
import { promotionResolvers } from './promotions/resolvers.ts';
import { reviews } from './reviews/collections.ts';
import { reviewResolvers } from './reviews/resolvers.ts';
import { reviewVotes } from './reviews/votes.ts';
import { countedPlaces, countRuns } from './search/collections.ts';
import { searchResolvers } from './search/resolvers.ts';
import { tenants } from './tenants/collections.ts';
import { tenantResolvers } from './tenants/resolvers.ts';
import { webhookDeliveries, webhookFeed, webhookQueues, webhooks } from './webhooks/collections.ts';
import { webhookResolvers } from './webhooks/resolvers.ts';

/** Every stored collection; the index script creates what stands here. */
export const collections: DeclaredCollection[] = [
  secrets,
  placements,
  writeMarks,
  ...migrationCollections,
  locks,
  idempotencyKeys,
  outbox,
  streamPositions,
  tenants,
  users,
  sessions,
  passwordTokens,
  turns,
  apiKeys,
  operatorKeys,
  addressBooks,
  categories,
  products,
  productVersions,
  categoryFigures,
  figureChanges,
  importJobs,
  importChunks,
  stockMovements,
  lowStock,
  productViews,
  countedViews,
  reservations,
  reviews,
  reviewVotes,
  vocabulary,
  countedPlaces,
  countRuns,
  promotions,
  redemptions,
  carts,
  payments,
  paymentRefunds,
  paymentAccounts,
  testCharges,
  orders,
  orderEvents,
  archivedOrders,
  orderCounters,
  erasures,
  productAnalytics,
  salesDays,
  analyticsMarks,
  webhooks,
  webhookQueues,
  webhookDeliveries,
  webhookFeed,
  dataChecks,
  ...auditMonthsAhead(new Date()),
];

/** Those of a database in which a shop lives by itself: what is of the platform is in the shared one alone. */
export const placedCollections = collections.filter(
  (collection) => collection.scope === 'tenant' || migrationCollections.includes(collection),
);

/**
 * The collections that answers to shoppers are made of: the answer cache follows their changes, and keeps no answer that was
 * made of others. A hold moves the stock inside a product all the time, and no list goes by it unless it says so.
 */
export const watched: Watched = new Map([
  [tenants.name, { quiet: null }],
  [categories.name, { quiet: null }],
  [products.name, { quiet: /^(?:(?:variants\.(?:[^.]+\.)?)?inventory|holds|holdsFrom)(?:\.|$)/ }],
  [reviews.name, { quiet: null }],
  [vocabulary.name, { quiet: null }],
  [countedPlaces.name, { quiet: null }],
]);

/** What answers the contract, domain by domain. */
export const resolvers: IResolvers[] = [
  { PageInfo: pageInfoResolvers, ...userErrorResolvers },
  tenantResolvers,
  authResolvers,
  customerResolvers,
  pricingResolvers,
  catalogueResolvers,
  catalogueChangeResolvers,
  popularityResolvers,
  inventoryResolvers,
  reviewResolvers,
  searchResolvers,
  promotionResolvers,
  cartResolvers,
  orderResolvers,
  customerOrderResolvers,
  orderPaymentResolvers,
  paymentResolvers,
  privacyResolvers,
  auditResolvers,
  analyticsResolvers,
  webhookResolvers,
];
