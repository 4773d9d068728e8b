import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { parse } from 'graphql';
import { contract } from '../src/platform/graphql/schema.ts';

const OUT = new URL('../src/schema.types.ts', import.meta.url);

const userError = './platform/errors.ts#UserError';

/** What a resolver is given as the object that a field belongs to: documents as stored, pages, views on them. */
const mappers = {
  UserError: userError,
  InvalidInputError: userError,
  NotFoundError: userError,
  DuplicateError: userError,
  VersionConflictError: userError,
  OutOfStockError: userError,
  PlanLimitError: userError,
  IllegalStateError: userError,
  PaymentDeclinedError: userError,
  IdempotencyMismatchError: userError,
  Shop: './domains/tenants/collections.ts#Tenant',
  Tenant: './domains/tenants/collections.ts#Tenant',
  TenantConnection: './domains/tenants/tenants.ts#TenantPage',
  TenantEdge: './domains/tenants/tenants.ts#TenantEdge',
  PlanLimits: './domains/tenants/plans.ts#PlanLimits',
  ShopSettings: './domains/tenants/collections.ts#Tenant',
  ShippingSetting: './domains/tenants/collections.ts#ShippingSetting',
  User: './domains/auth/collections.ts#User',
  UserConnection: './domains/auth/users.ts#StaffPage',
  UserEdge: './domains/auth/users.ts#UserEdge',
  ApiKey: './domains/auth/api-keys.ts#ShownKey',
  Customer: './domains/auth/collections.ts#User',
  CustomerConnection: './domains/customers/customers.ts#CustomerPage',
  CustomerEdge: './domains/customers/customers.ts#CustomerEdge',
  SavedAddress: './domains/customers/address-book.ts#KeptAddress',
  Money: './domains/pricing/amount.ts#Amount',
  Product: './domains/catalogue/documents.ts#Product',
  Pricing: './domains/catalogue/documents.ts#Product',
  ProductVariant: './domains/catalogue/variants.ts#VariantOf',
  VariantPricing: './domains/catalogue/variants.ts#VariantOf',
  Inventory: './domains/catalogue/variants.ts#Stock',
  Discount: './domains/catalogue/variants.ts#DiscountOf',
  ProductVersion: './domains/catalogue/versions.ts#ProductVersion',
  ProductVersionConnection: './domains/catalogue/versions.ts#ProductVersionPage',
  ProductVersionEdge: './domains/catalogue/versions.ts#ProductVersionEdge',
  Category: './domains/catalogue/categories.ts#AnyCategory',
  ProductConnection: './domains/search/product-list.ts#ProductList',
  ProductEdge: './domains/catalogue/documents.ts#ProductEdge',
  PageInfo: './platform/graphql/connection.ts#AnyPage',
  ReviewSummary: './domains/catalogue/documents.ts#ReviewSummary',
  Review: './domains/reviews/documents.ts#Review',
  ReviewConnection: './domains/reviews/reviews.ts#ReviewList',
  ReviewEdge: './domains/reviews/documents.ts#ReviewEdge',
  ProductsImport: './domains/catalogue/bulk/collections.ts#ImportJob',
  ProductsImportFault: './domains/catalogue/import/import-source.ts#Fault',
  Reservation: './domains/inventory/collections.ts#Reservation',
  StockMovement: './domains/catalogue/stock-movements.ts#StockMovement',
  StockMovementConnection: './domains/catalogue/stock-movements.ts#StockMovementPage',
  StockMovementEdge: './domains/catalogue/stock-movements.ts#StockMovementEdge',
  LowStock: './domains/inventory/low-stock.ts#LowProduct',
  LowStockConnection: './domains/inventory/low-stock.ts#LowProductPage',
  LowStockEdge: './domains/inventory/low-stock.ts#LowProductEdge',
  SearchSuggestion: './domains/search/suggestions.ts#Suggestion',
  AuditEntry: './domains/audit/collections.ts#AuditEntry',
  AuditChange: './domains/audit/collections.ts#FieldChange',
  AuditConnection: './domains/audit/entry-list.ts#AuditPage',
  AuditEdge: './domains/audit/entry-list.ts#AuditEdge',
  Promotion: './domains/promotions/documents.ts#Promotion',
  PromotionConnection: './domains/promotions/documents.ts#PromotionList',
  PromotionEdge: './domains/promotions/documents.ts#PromotionEdge',
  Cart: './domains/carts/documents.ts#Cart',
  CartLine: './domains/carts/cart-view.ts#ShownLine',
  CartLineWarning: './domains/carts/line-warnings.ts#LineWarningOf',
  CartDiscountCode: './domains/carts/cart-codes.ts#CodeStateOf',
  CartMergeLine: './domains/carts/cart-merge.ts#MergedLine',
  ShippingMethod: './domains/carts/shipping.ts#OfferedMethod',
  Order: './domains/orders/documents.ts#Order',
  OrderLine: './domains/orders/order-view.ts#LineOf',
  OrderDiscountCode: './domains/orders/order-view.ts#CodeOf',
  Fulfillment: './domains/orders/documents.ts#Fulfilment',
  LinePieces: './domains/orders/documents.ts#LinePieces',
  Refund: './domains/orders/order-view.ts#RefundOf',
  OrderEvent: './domains/orders/order-view.ts#EventOf',
  OrderConnection: './domains/orders/orders.ts#OrderList',
  OrderEdge: './domains/orders/orders.ts#OrderEdge',
  Totals: './domains/pricing/totals.ts#TotalsOf',
  TaxTotal: './domains/pricing/totals.ts#TaxOf',
  Payment: './domains/payments/documents.ts#Payment',
  PaymentMethod: './domains/payments/gateway.ts#Method',
  PaymentAccount: './domains/payments/accounts.ts#ShownAccount',
  Webhook: './domains/webhooks/secrets.ts#ShownWebhook',
  WebhookDelivery: './domains/webhooks/documents.ts#WebhookDelivery',
  WebhookDeliveryConnection: './domains/webhooks/deliveries.ts#DeliveryPage',
  WebhookDeliveryEdge: './domains/webhooks/deliveries.ts#DeliveryEdge',
  Erasure: './domains/privacy/erasure-requests.ts#ShownErasure',
  ProductViews: './domains/catalogue/popularity/most-viewed.ts#ViewedProduct',
  ProductSales: './domains/analytics/sold-pieces.ts#SoldProduct',
  CategoryAnalytics: './domains/analytics/category-analytics.ts#CategoryAnalyticsRow',
  ProductAnalytics: './domains/analytics/product-analytics.ts#ProductDayRow',
  ProductChange: './domains/catalogue/live-products.ts#ToldProduct',
  InventoryChange: './domains/inventory/live-stock.ts#ToldStock',
  CartChange: './domains/carts/live-carts.ts#ToldCart',
  OrderStatusChange: './domains/orders/live-orders.ts#ToldOrder',
  SalesAnalytics: './domains/analytics/sales-live.ts#SalesFigures',
};

const scalars = {
  DateTime: 'Date',
  Date: 'string',
  Decimal: 'string',
  SafeInt: 'number',
  Currency: 'string',
  Locale: 'string',
  EmailAddress: 'string',
  URL: 'string',
  JSONObject: 'Record<string, unknown>',
  ID: 'string',
};

const code = await codegen({
  documents: [],
  schema: parse(contract()),
  filename: OUT.pathname,
  plugins: [{ typescript: {} }, { resolvers: {} }],
  pluginMap: { typescript, resolvers },
  config: {
    scalars,
    mappers,
    contextType: './context.ts#Context',
    mapperTypeSuffix: 'Source',
    useTypeImports: true,
    enumsAsTypes: true,
  },
});

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
if (!values.check) await writeFile(OUT, code);
else if ((await readFile(OUT, 'utf8')) !== code) {
  console.error(
    'src/schema.types.ts is older than schema.graphql: run npm run codegen and commit what it writes',
  );
  process.exitCode = 1;
}
