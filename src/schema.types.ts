import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserError as UserErrorSource } from './platform/errors.ts';
import type { Tenant as TenantSource, ShippingSetting as ShippingSettingSource } from './domains/tenants/collections.ts';
import type { TenantPage as TenantPageSource, TenantEdge as TenantEdgeSource } from './domains/tenants/tenants.ts';
import type { PlanLimits as PlanLimitsSource } from './domains/tenants/plans.ts';
import type { User as UserSource } from './domains/auth/collections.ts';
import type { StaffPage as StaffPageSource, UserEdge as UserEdgeSource } from './domains/auth/users.ts';
import type { ShownKey as ShownKeySource } from './domains/auth/api-keys.ts';
import type { CustomerPage as CustomerPageSource, CustomerEdge as CustomerEdgeSource } from './domains/customers/customers.ts';
import type { KeptAddress as KeptAddressSource } from './domains/customers/address-book.ts';
import type { Amount as AmountSource } from './domains/pricing/amount.ts';
import type { Product as ProductSource, ProductEdge as ProductEdgeSource, ReviewSummary as ReviewSummarySource } from './domains/catalogue/documents.ts';
import type { VariantOf as VariantOfSource, Stock as StockSource, DiscountOf as DiscountOfSource } from './domains/catalogue/variants.ts';
import type { ProductVersion as ProductVersionSource, ProductVersionPage as ProductVersionPageSource, ProductVersionEdge as ProductVersionEdgeSource } from './domains/catalogue/versions.ts';
import type { AnyCategory as AnyCategorySource } from './domains/catalogue/categories.ts';
import type { ProductList as ProductListSource } from './domains/search/product-list.ts';
import type { AnyPage as AnyPageSource } from './platform/graphql/connection.ts';
import type { Review as ReviewSource, ReviewEdge as ReviewEdgeSource } from './domains/reviews/documents.ts';
import type { ReviewList as ReviewListSource } from './domains/reviews/reviews.ts';
import type { ImportJob as ImportJobSource } from './domains/catalogue/bulk/collections.ts';
import type { Fault as FaultSource } from './domains/catalogue/import/import-source.ts';
import type { Reservation as ReservationSource } from './domains/inventory/collections.ts';
import type { StockMovement as StockMovementSource, StockMovementPage as StockMovementPageSource, StockMovementEdge as StockMovementEdgeSource } from './domains/catalogue/stock-movements.ts';
import type { LowProduct as LowProductSource, LowProductPage as LowProductPageSource, LowProductEdge as LowProductEdgeSource } from './domains/inventory/low-stock.ts';
import type { Suggestion as SuggestionSource } from './domains/search/suggestions.ts';
import type { AuditEntry as AuditEntrySource, FieldChange as FieldChangeSource } from './domains/audit/collections.ts';
import type { AuditPage as AuditPageSource, AuditEdge as AuditEdgeSource } from './domains/audit/entry-list.ts';
import type { Promotion as PromotionSource, PromotionList as PromotionListSource, PromotionEdge as PromotionEdgeSource } from './domains/promotions/documents.ts';
import type { Cart as CartSource } from './domains/carts/documents.ts';
import type { ShownLine as ShownLineSource } from './domains/carts/cart-view.ts';
import type { LineWarningOf as LineWarningOfSource } from './domains/carts/line-warnings.ts';
import type { CodeStateOf as CodeStateOfSource } from './domains/carts/cart-codes.ts';
import type { MergedLine as MergedLineSource } from './domains/carts/cart-merge.ts';
import type { OfferedMethod as OfferedMethodSource } from './domains/carts/shipping.ts';
import type { Order as OrderSource, Fulfilment as FulfilmentSource, LinePieces as LinePiecesSource } from './domains/orders/documents.ts';
import type { LineOf as LineOfSource, CodeOf as CodeOfSource, RefundOf as RefundOfSource, EventOf as EventOfSource } from './domains/orders/order-view.ts';
import type { OrderList as OrderListSource, OrderEdge as OrderEdgeSource } from './domains/orders/orders.ts';
import type { TotalsOf as TotalsOfSource, TaxOf as TaxOfSource } from './domains/pricing/totals.ts';
import type { Payment as PaymentSource } from './domains/payments/documents.ts';
import type { Method as MethodSource } from './domains/payments/gateway.ts';
import type { ShownAccount as ShownAccountSource } from './domains/payments/accounts.ts';
import type { ShownWebhook as ShownWebhookSource } from './domains/webhooks/secrets.ts';
import type { WebhookDelivery as WebhookDeliverySource } from './domains/webhooks/documents.ts';
import type { DeliveryPage as DeliveryPageSource, DeliveryEdge as DeliveryEdgeSource } from './domains/webhooks/deliveries.ts';
import type { ShownErasure as ShownErasureSource } from './domains/privacy/erasure-requests.ts';
import type { ViewedProduct as ViewedProductSource } from './domains/catalogue/popularity/most-viewed.ts';
import type { SoldProduct as SoldProductSource } from './domains/analytics/sold-pieces.ts';
import type { CategoryAnalyticsRow as CategoryAnalyticsRowSource } from './domains/analytics/category-analytics.ts';
import type { ProductDayRow as ProductDayRowSource } from './domains/analytics/product-analytics.ts';
import type { ToldProduct as ToldProductSource } from './domains/catalogue/live-products.ts';
import type { ToldStock as ToldStockSource } from './domains/inventory/live-stock.ts';
import type { ToldCart as ToldCartSource } from './domains/carts/live-carts.ts';
import type { ToldOrder as ToldOrderSource } from './domains/orders/live-orders.ts';
import type { SalesFigures as SalesFiguresSource } from './domains/analytics/sales-live.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in UTC, ISO 8601 with milliseconds: `2026-11-24T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** A calendar day in UTC: `2026-11-24`. */
  Date: { input: string; output: string; }
  /** An exact decimal number in a string: `"79.99"`. Money is never a float. */
  Decimal: { input: string; output: string; }
  /** A whole number that every client can hold exactly (up to 2^53 - 1). */
  SafeInt: { input: number; output: number; }
  /** A currency as its ISO 4217 code: `USD`. */
  Currency: { input: string; output: string; }
  /** A language and region as a BCP 47 tag: `en-US`. It decides how amounts are written out. */
  Locale: { input: string; output: string; }
  /** A web address: `https://…`. */
  URL: { input: string; output: string; }
  /** Any JSON object. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  /** An e-mail address. A mutation answers one that cannot be used among its userErrors. */
  EmailAddress: { input: string; output: string; }
};

/** Whose answer it is. */
export type CacheControlScope =
  /** Everybody's. */
  | 'PUBLIC'
  /** The caller's alone. */
  | 'PRIVATE';

/** An exact amount of one currency. */
export type Money = {
  __typename?: 'Money';
  /** The amount as a decimal string, with as many decimals as the currency has: `79.99`, in yen `1200`. */
  amount: Scalars['Decimal']['output'];
  /** The same amount in the currency's minor unit, such as cents: `7999`. */
  minor: Scalars['SafeInt']['output'];
  /** What it is an amount of. */
  currency: Scalars['Currency']['output'];
  /** Written out for people: `$79.99`. */
  formatted: Scalars['String']['output'];
};


/** An exact amount of one currency. */
export type MoneyFormattedArgs = {
  locale?: InputMaybe<Scalars['Locale']['input']>;
};

/** From the lowest to the highest of several prices. */
export type MoneyRange = {
  __typename?: 'MoneyRange';
  /** The lowest price. */
  min: Money;
  /** The highest price; the same as `min` where there is one price only. */
  max: Money;
};

/** Where a page of a list begins and ends. Give `endCursor` as `after` for the next page, `startCursor` as `before` for the one before. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Whether there is more after this page. On a page asked for with `before`, this is true. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before this page. On a page asked for with `after`, this is true. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first row; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last row; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /** Opens a shop with its first owner. For the platform's operator; no shop has to be named. */
  tenantCreate: TenantPayload;
  /** Changes, closes or opens a shop. For the platform's operator; no shop has to be named. */
  tenantUpdate: TenantPayload;
  /** Changes the settings of this shop. They hold everywhere within seconds. */
  shopUpdate: ShopUpdatePayload;
  /** Opens an account as a customer, and a session for it. */
  userSignUp: SessionPayload;
  /** Signs in. An unknown account and a wrong password get the same answer; too many attempts get RATE_LIMITED. */
  sessionCreate: SessionPayload;
  /**
   * Makes the session of this request last longer: 14 days from now, at most 90 days from its start. A session that is used does so
   * by itself once a day.
   */
  sessionExtend: SessionPayload;
  /** Signs out: ends the session of this request. */
  sessionDelete: SessionPayload;
  /** Changes one's own name, username or telephone number. */
  profileUpdate: UserPayload;
  /** Changes one's own password, and ends one's other sessions. */
  passwordChange: UserPayload;
  /** Sends a message with a token to set a new password, if the address is an account's; the answer does not tell. */
  passwordResetRequest: PasswordResetRequestPayload;
  /** Sets a new password with a token from such a message, ends all sessions of the account and opens a new one. */
  passwordReset: SessionPayload;
  /** Adds somebody to the staff and sends them an invitation, with which they set a password. */
  userInvite: UserPayload;
  /** Accepts an invitation: sets the first password of the account and opens a session. */
  invitationAccept: SessionPayload;
  /** Sets the roles of somebody; they hold from the next request on. The last owner stays one. */
  userRolesSet: UserPayload;
  /** Makes an API key for a program. */
  apiKeyCreate: ApiKeyPayload;
  /** Ends an API key; it is refused from then on. */
  apiKeyRevoke: ApiKeyPayload;
  /** Keeps another address; an account has up to 50. The first one is the default. */
  addressAdd: AddressPayload;
  /** Puts an address in the place of one that is kept. */
  addressUpdate: AddressPayload;
  /** Takes an address out. When it was the default, the one that was kept first is the default then. */
  addressRemove: AddressPayload;
  /** Makes an address the default. */
  addressSetDefault: AddressPayload;
  /** Adds a product. */
  productCreate: ProductPayload;
  /** Changes a product: what is absent stays as it is, null clears. */
  productUpdate: ProductPayload;
  /** Adds the product with this sku, or makes the one that has it as stated; what is absent stays as it is. */
  productUpsert: ProductPayload;
  /** Takes a product out of the shop; productRestore brings it back. */
  productDelete: ProductPayload;
  /** Brings a deleted product back, unless its slug or a sku is another product's by now. */
  productRestore: ProductPayload;
  /** Makes a product say again what it said in a former version. Stock, reviews and sales stay as they are today. */
  productRestoreVersion: ProductPayload;
  /** Adds variants to a product, or changes those whose sku it has; its other variants stay. */
  productVariantsUpsert: ProductPayload;
  /** Takes a variant out of a product, unless pieces of it are reserved. */
  productVariantDelete: ProductPayload;
  /** Adds a category. */
  categoryCreate: CategoryPayload;
  /** Renames, moves or describes a category; its products follow. */
  categoryUpdate: CategoryPayload;
  /** Takes a category away. Refused while categories are below it, or products in it that it is not told where to move. */
  categoryDelete: CategoryPayload;
  /**
   * Somebody looks at a product: to be sent by what shows them its page, since a page may come from a cache that no server hears
   * of. It is counted some seconds later; the id of no product that shoppers see is not counted, and no error.
   */
  productViewed: ProductViewedPayload;
  /** Counts pieces of a variant in or out, or sets how many there are. */
  inventoryAdjust: InventoryPayload;
  /** Keeps pieces for somebody, for some time: all of the lines, or none of them. */
  inventoryReserve: ReservationPayload;
  /** Gives up a reservation: its pieces can be bought again. */
  inventoryRelease: ReservationPayload;
  /** Says what one thinks of a product; once more for the same product changes what one said. Shown once the staff has approved it. */
  reviewSubmit: ReviewPayload;
  /** Shows a review to all, or to nobody. */
  reviewModerate: ReviewPayload;
  /** Says whether a review was helpful; one vote a person, which can be changed. */
  reviewVote: ReviewPayload;
  /** Makes a discount code. */
  promotionCreate: PromotionPayload;
  /** Changes a discount code. Orders that have used it keep what it gave them. */
  promotionUpdate: PromotionPayload;
  /** Takes a discount code out of use for good; its code is free for another then. */
  promotionDelete: PromotionPayload;
  /**
   * Opens a cart. Anybody may; keep its id, which is all that leads to it. Who is signed in has one open cart: if there is
   * one already, it is answered, with the lines and codes of the input added.
   */
  cartCreate: CartPayload;
  /** Puts goods into a cart. More of a variant that is in it already goes to its line. */
  cartLinesAdd: CartPayload;
  /** Sets how many a cart has of what is in it; 0 takes the line out. It also accepts the price as it is now. */
  cartLinesUpdate: CartPayload;
  /** Takes lines out of a cart. One that is not in it is no error. */
  cartLinesRemove: CartPayload;
  /** Sets the discount codes of a cart, in place of those it has. Those that do not count now stay, in case they do later. */
  cartDiscountCodesSet: CartPayload;
  /** Says who buys, and where and how the goods are sent. */
  cartUpdate: CartPayload;
  /**
   * Puts what is in one cart into another, as at sign-in: what somebody gathered unknown goes into the cart of their
   * account. The source is closed. `merge` in the answer says line by line what was done.
   */
  cartMerge: CartPayload;
  /** Gives a cart up: it can no longer be changed or bought, and goes after 30 days. */
  cartAbandon: CartPayload;
  /** Opens the shop's account at a payment provider, or changes it. */
  paymentAccountSet: PaymentAccountPayload;
  /** Takes an account away; what was paid with it stays, and can no longer be captured or sent back through it. */
  paymentAccountRemove: PaymentAccountPayload;
  /**
   * Buys a cart: keeps its goods, counts its codes as used, and makes the order, all of it or nothing. A cart becomes one
   * order, whoever asks and however often: to a cart that was bought, the answer is its order.
   */
  checkoutComplete: OrderPayload;
  /**
   * Cancels an order of which nothing was sent: goods and codes are free again. The buyer can while it is not paid, the
   * staff (`orders:write`) also after that, and its money goes back.
   */
  orderCancel: OrderPayload;
  /** Says that goods were sent: pieces of lines, or all that are still to be sent. */
  orderFulfill: OrderPayload;
  /** Closes an order of which everything was sent. */
  orderComplete: OrderPayload;
  /** Takes in pieces that the buyer sent back. Their money goes back by orderRefund. */
  orderReturn: OrderPayload;
  /** Writes something into an order's history, for the staff. */
  orderNoteAdd: OrderPayload;
  /**
   * Pays an order: all of it, by one of the shop's `paymentMethods`. A declined payment is answered beside the order and can be
   * tried again. Where the answer is not known yet the order's paymentStatus is PENDING, and what becomes of it comes by itself;
   * a payment with a `confirmUrl` waits for the buyer. Several calls at once make one charge.
   */
  orderPay: OrderPayload;
  /** Takes the money that is held for an order. It is also taken when the first parcel of the order is sent. */
  orderCapture: OrderPayload;
  /**
   * Sends money of an order back: that of pieces, of the shipping, or an amount; at most what was paid and did not go back yet.
   * Pieces that were not sent yet will not be.
   */
  orderRefund: OrderPayload;
  /**
   * Closes one's own account and erases what is held of one: addresses, carts, sessions, and who bought, wrote and did what.
   * Orders and reviews stay and are nobody's. An order that still waits for money or goods is in the way (ILLEGAL_STATE,
   * `OPEN_ORDERS`). GET /export/customer gives all of it as a file beforehand.
   */
  accountErase: ErasurePayload;
  /** The same for a customer, with what was done under the same address without an account; or for somebody who has none. */
  customerErase: ErasurePayload;
  /**
   * Tells another system of the shop's events: each is posted to `url` at least once, signed, in the order of the changes of
   * one record. The answer has the secret that deliveries are signed with, this once. docs/webhooks.md says how to check them.
   */
  webhookCreate: WebhookSecretPayload;
  /** Changes a webhook: what is absent stays. Who does it has to be permitted all that the webhook reads. */
  webhookUpdate: WebhookPayload;
  /** Takes a webhook away, with its deliveries; what waits is not sent any more. */
  webhookDelete: WebhookPayload;
  /**
   * Makes a second secret: from now on deliveries carry a signature of each. Give the new one to the receiver, then retire the
   * old one with webhookSecretRetire.
   */
  webhookSecretRotate: WebhookSecretPayload;
  /** Takes the older of two secrets away: deliveries carry the signature of the new one alone. */
  webhookSecretRetire: WebhookPayload;
  /** Sends again after a pause: all that waits, at once and in order. */
  webhookResume: WebhookResumePayload;
  /** Shows what would be sent for the last event; with `send: true` it is sent, once, and the answer shown. */
  webhookTest: WebhookTestPayload;
  /** Delivers again what was given up, or had arrived: with all its tries, and the same event id. */
  webhookDeliveryReplay: DeliveryReplayPayload;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationTenantCreateArgs = {
  input: TenantCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationTenantUpdateArgs = {
  input: TenantUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationShopUpdateArgs = {
  input: ShopUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationUserSignUpArgs = {
  input: UserSignUpInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationSessionCreateArgs = {
  input: SessionCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProfileUpdateArgs = {
  input: ProfileUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPasswordChangeArgs = {
  input: PasswordChangeInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPasswordResetRequestArgs = {
  input: PasswordResetRequestInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPasswordResetArgs = {
  input: PasswordResetInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationUserInviteArgs = {
  input: UserInviteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationInvitationAcceptArgs = {
  input: InvitationAcceptInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationUserRolesSetArgs = {
  input: UserRolesSetInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationApiKeyCreateArgs = {
  input: ApiKeyCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationApiKeyRevokeArgs = {
  input: ApiKeyRevokeInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationAddressAddArgs = {
  input: AddressAddInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationAddressUpdateArgs = {
  input: AddressUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationAddressRemoveArgs = {
  input: AddressRemoveInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationAddressSetDefaultArgs = {
  input: AddressSetDefaultInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductCreateArgs = {
  input: ProductCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductUpdateArgs = {
  input: ProductUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductUpsertArgs = {
  input: ProductUpsertInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductDeleteArgs = {
  input: ProductDeleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductRestoreArgs = {
  input: ProductRestoreInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductRestoreVersionArgs = {
  input: ProductRestoreVersionInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductVariantsUpsertArgs = {
  input: ProductVariantsUpsertInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductVariantDeleteArgs = {
  input: ProductVariantDeleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCategoryCreateArgs = {
  input: CategoryCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCategoryUpdateArgs = {
  input: CategoryUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCategoryDeleteArgs = {
  input: CategoryDeleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationProductViewedArgs = {
  input: ProductViewedInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationInventoryAdjustArgs = {
  input: InventoryAdjustInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationInventoryReserveArgs = {
  input: InventoryReserveInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationInventoryReleaseArgs = {
  input: InventoryReleaseInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationReviewSubmitArgs = {
  input: ReviewSubmitInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationReviewModerateArgs = {
  input: ReviewModerateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationReviewVoteArgs = {
  input: ReviewVoteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPromotionCreateArgs = {
  input: PromotionCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPromotionUpdateArgs = {
  input: PromotionUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPromotionDeleteArgs = {
  input: PromotionDeleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartCreateArgs = {
  input: CartCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartLinesAddArgs = {
  input: CartLinesAddInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartLinesUpdateArgs = {
  input: CartLinesUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartLinesRemoveArgs = {
  input: CartLinesRemoveInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartDiscountCodesSetArgs = {
  input: CartDiscountCodesSetInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartUpdateArgs = {
  input: CartUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartMergeArgs = {
  input: CartMergeInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCartAbandonArgs = {
  input: CartAbandonInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPaymentAccountSetArgs = {
  input: PaymentAccountSetInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationPaymentAccountRemoveArgs = {
  input: PaymentAccountRemoveInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCheckoutCompleteArgs = {
  input: CheckoutCompleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderCancelArgs = {
  input: OrderCancelInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderFulfillArgs = {
  input: OrderFulfillInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderCompleteArgs = {
  input: OrderCompleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderReturnArgs = {
  input: OrderReturnInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderNoteAddArgs = {
  input: OrderNoteAddInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderPayArgs = {
  input: OrderPayInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderCaptureArgs = {
  input: OrderCaptureInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationOrderRefundArgs = {
  input: OrderRefundInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationAccountEraseArgs = {
  input: AccountEraseInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationCustomerEraseArgs = {
  input: CustomerEraseInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookCreateArgs = {
  input: WebhookCreateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookUpdateArgs = {
  input: WebhookUpdateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookDeleteArgs = {
  input: WebhookDeleteInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookSecretRotateArgs = {
  input: WebhookSecretRotateInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookSecretRetireArgs = {
  input: WebhookSecretRetireInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookResumeArgs = {
  input: WebhookResumeInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookTestArgs = {
  input: WebhookTestInput;
};


/**
 * Changes. Each takes one input and answers what it changed, beside the outcomes that a client should expect (userErrors).
 * Repeat a call with the same idempotencyKey as often as you like: it is done once, and each repeat gets the first answer.
 * Secrets in an answer are the exception: they are shown once and stored nowhere, so a repeat answers null in their place.
 */
export type MutationWebhookDeliveryReplayArgs = {
  input: DeliveryReplayInput;
};

/** An outcome that a client should expect: nothing was changed, and the input can be mended. */
export type UserError = {
  /** Which kind of outcome it is. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
};

/** The kinds of outcome that a client should expect. */
export type UserErrorCode =
  /** A value cannot be used. */
  | 'INVALID'
  /** What the input names is not there. */
  | 'NOT_FOUND'
  /** Something else has this value already. */
  | 'DUPLICATE'
  /** It was changed since the version that the input names. */
  | 'VERSION_CONFLICT'
  /** There is not enough of it. */
  | 'OUT_OF_STOCK'
  /** The shop's plan, or this kind of thing, has a limit. */
  | 'LIMIT_EXCEEDED'
  /** It cannot be done with a thing in this state. */
  | 'ILLEGAL_STATE'
  /** The payment provider said no. */
  | 'PAYMENT_DECLINED'
  /** The idempotency key was used with another input. */
  | 'IDEMPOTENCY_MISMATCH';

/** A value cannot be used. */
export type InvalidInputError = UserError & {
  __typename?: 'InvalidInputError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
};

/** What the input names is not there. */
export type NotFoundError = UserError & {
  __typename?: 'NotFoundError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
};

/** Something else has this value already. */
export type DuplicateError = UserError & {
  __typename?: 'DuplicateError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** What has it; null where that must not be known. */
  existingId?: Maybe<Scalars['ID']['output']>;
};

/** It was changed since the version that the input names. */
export type VersionConflictError = UserError & {
  __typename?: 'VersionConflictError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** The version that it has now. */
  currentVersion: Scalars['Int']['output'];
};

/** There is not enough of a variant. */
export type OutOfStockError = UserError & {
  __typename?: 'OutOfStockError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** The variant. */
  variantId: Scalars['ID']['output'];
  /** Its sku. */
  sku: Scalars['String']['output'];
  /** How many there are. */
  available: Scalars['Int']['output'];
};

/** The shop's plan, or this kind of thing, has a limit. */
export type PlanLimitError = UserError & {
  __typename?: 'PlanLimitError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** The limit. */
  limit: Scalars['Int']['output'];
};

/** It cannot be done with a thing in this state. */
export type IllegalStateError = UserError & {
  __typename?: 'IllegalStateError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** The state that it is in. */
  state: Scalars['String']['output'];
};

/** The payment provider said no. */
export type PaymentDeclinedError = UserError & {
  __typename?: 'PaymentDeclinedError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
  /** Why, in the provider's words. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** The idempotency key was used with another input. */
export type IdempotencyMismatchError = UserError & {
  __typename?: 'IdempotencyMismatchError';
  /** The code, the same for every error of this type. */
  code: UserErrorCode;
  /** What is wrong, in English, for a developer. */
  message: Scalars['String']['output'];
  /** The way to the input at fault: `input`, `variants`, `0`, `sku`. */
  path: Array<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** The shop that this request is for, named by the header `x-tenant`, the host or the API key. */
  shop: Shop;
  /** All shops, open and closed, newest first. For the platform's operator; no shop has to be named. */
  tenants: TenantConnection;
  /** The settings by which the shop sells, as they are now, for its staff. */
  shopSettings: ShopSettings;
  /** Who asks; null for somebody who is not signed in, and for an API key. */
  me?: Maybe<User>;
  /** The shop's staff, newest first. */
  users: UserConnection;
  /** The shop's API keys, newest first, also those that no longer hold; at most 250. */
  apiKeys: Array<ApiKey>;
  /** People with an account who are not of the staff, newest first. */
  customers: CustomerConnection;
  /** Somebody with an account; null when the id is nobody's. */
  customer?: Maybe<Customer>;
  /** One product, by exactly one of its id, its slug or a sku. Null where there is none; shoppers see active products only. */
  product?: Maybe<Product>;
  /** Several products by their ids, in the order asked for; null where there is none. At most 100. */
  productsByIds: Array<Maybe<Product>>;
  /** The shop's products, searched, filtered and sorted, page by page. */
  products: ProductConnection;
  /** One category, by exactly one of its id or its slug. */
  category?: Maybe<Category>;
  /** The category tree in depth-first order: each category is followed by what is below it. */
  categories: Array<Category>;
  /** How far the import of an uploaded file is; POST /import/products uploads one and answers its id (docs/import.md). */
  productsImport?: Maybe<ProductsImport>;
  /** The products that were looked at most, the most viewed first. A view is in it after some seconds. */
  mostViewedProducts: Array<ProductViews>;
  /** The ledger of stock, latest first: the quantities of a variant's lines add up to what there is of it. */
  stockMovements: StockMovementConnection;
  /** Products for sale that run low: some variant has no more pieces to buy than the threshold says. What sells best comes first. */
  lowStock: LowStockConnection;
  /** A reservation; null when there is none with this id. Ended ones are kept for a week. */
  reservation?: Maybe<Reservation>;
  /** What a shopper may be about to type: products, categories and words that begin so. */
  searchSuggestions: Array<SearchSuggestion>;
  /** Reviews that wait for the staff, longest waiting first. */
  reviewsToModerate: ReviewConnection;
  /**
   * Who changed what in this shop, newest first. A page may hold fewer entries than asked for, or none, while there are
   * more: go on from its `endCursor` as long as `hasNextPage` is true. Months that went to the archive are not found.
   */
  auditLog: AuditConnection;
  /** A discount code, by its id or by the code itself; null where there is none. */
  promotion?: Maybe<Promotion>;
  /** The shop's discount codes, newest first. */
  promotions: PromotionConnection;
  /**
   * A cart, by the id that cartCreate gave; nobody can guess it. The cart of somebody with an account is there for them
   * alone. Null where there is none, as after 30 days without a change (90 with an account).
   */
  cart?: Maybe<Cart>;
  /** With what accounts the shop takes money. Secrets are never shown again, but for their last four characters. */
  paymentAccounts: Array<PaymentAccount>;
  /**
   * An order by its id or its number, exactly one of them: somebody's own, any for the staff (`orders:read`), and for who
   * has it the one that `accessToken` is for. Null for everybody else. One that went to the archive is found too, a little
   * slower; a change brings it back among the others.
   */
  order?: Maybe<Order>;
  /**
   * Orders, newest first: all of the shop for the staff (`orders:read`), the own ones for everybody else, which are none for
   * somebody unknown. Orders that went to the archive are not listed: `order` finds each by its number.
   */
  orders: OrderConnection;
  /** How far the erasure of a person is; null when the id is of none. */
  erasure?: Maybe<Erasure>;
  /** Products, stock, prices and ratings of each category, one row per category and currency, most products first. */
  categoryAnalytics: Array<CategoryAnalytics>;
  /**
   * What was sold on each UTC day, in the shop's currency; at most 366 days. An order counts on the day on which it was paid,
   * a refund on the day on which it was given, and a cancelled order not at all. Changes are in it after some seconds.
   */
  salesAnalytics: Array<SalesAnalytics>;
  /**
   * The products of which most pieces were sold on some UTC days, the most first; at most 366 days. An order counts on the day on
   * which it was paid, without pieces that were cancelled or came back. It is worked out when it is asked for.
   */
  bestSellers: Array<ProductSales>;
  /** What was added to the catalogue on each day, in the shop's currency; at most 366 days. */
  productAnalytics: Array<ProductAnalytics>;
  /** Where the shop's events are sent, the oldest first; at most 50. */
  webhooks: Array<Webhook>;
  /** One of them; null when there is none with this id. */
  webhook?: Maybe<Webhook>;
};


export type QueryTenantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUsersArgs = {
  role?: InputMaybe<Role>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCustomersArgs = {
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductsByIdsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryProductsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  sort?: InputMaybe<ProductSort>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCategoryArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCategoriesArgs = {
  parentId?: InputMaybe<Scalars['ID']['input']>;
  maxDepth?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductsImportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMostViewedProductsArgs = {
  days?: Scalars['Int']['input'];
  first?: Scalars['Int']['input'];
};


export type QueryStockMovementsArgs = {
  sku?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLowStockArgs = {
  threshold?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReservationArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySearchSuggestionsArgs = {
  prefix: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryReviewsToModerateArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAuditLogArgs = {
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPromotionArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  code?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPromotionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCartArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrderArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  number?: InputMaybe<Scalars['String']['input']>;
  accessToken?: InputMaybe<Scalars['String']['input']>;
};


export type QueryOrdersArgs = {
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryErasureArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCategoryAnalyticsArgs = {
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  currency?: InputMaybe<Scalars['Currency']['input']>;
  live?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QuerySalesAnalyticsArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


export type QueryBestSellersArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
  first?: Scalars['Int']['input'];
};


export type QueryProductAnalyticsArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


export type QueryWebhookArgs = {
  id: Scalars['ID']['input'];
};

/** What a shop has booked, which sets its limits. */
export type Plan =
  /** To try things out. */
  | 'FREE'
  /** For a shop that sells. */
  | 'PRO'
  /** For many products and many requests. */
  | 'ENTERPRISE';

/** A shop: one tenant, with a catalogue and customers of its own. */
export type Shop = {
  __typename?: 'Shop';
  /** The shop's id. */
  id: Scalars['ID']['output'];
  /** The shop's name, as shoppers know it. */
  name: Scalars['String']['output'];
  /** What the header `x-tenant` or the first label of the host says to reach this shop. */
  subdomain: Scalars['String']['output'];
  /** What the shop has booked. */
  plan: Plan;
  /** The currency of its prices. */
  currency: Scalars['Currency']['output'];
  /** The locale in which it writes amounts when a client asks for no other. */
  locale: Scalars['Locale']['output'];
  /** Settings of the storefront, free for the shop to fill: theme, links, texts. */
  settings: Scalars['JSONObject']['output'];
  /** What the plan allows. */
  limits: PlanLimits;
  /** How orders can be paid. */
  paymentMethods: Array<PaymentMethod>;
};

/** What a plan allows. */
export type PlanLimits = {
  __typename?: 'PlanLimits';
  /** How many products that are not deleted. */
  products: Scalars['Int']['output'];
  /** How many people with a role other than CUSTOMER. */
  staff: Scalars['Int']['output'];
  /** How much the operations may cost at once; see `extensions.cost` of any answer. */
  costBudget: Scalars['Int']['output'];
  /** How much of that budget comes back each second. */
  costPerSecond: Scalars['Int']['output'];
};

/** A shop, as the platform's operator sees it. */
export type Tenant = {
  __typename?: 'Tenant';
  /** The shop's id. */
  id: Scalars['ID']['output'];
  /** The shop's name, as shoppers know it. */
  name: Scalars['String']['output'];
  /** What the header `x-tenant` or the first label of the host says to reach it. */
  subdomain: Scalars['String']['output'];
  /** What it has booked. */
  plan: Plan;
  /** What that allows. */
  limits: PlanLimits;
  /** Whether it is open; a closed shop answers TENANT_NOT_FOUND. */
  isActive: Scalars['Boolean']['output'];
  /** The currency of its prices. */
  currency: Scalars['Currency']['output'];
  /** The locale in which it writes amounts when a client asks for no other. */
  locale: Scalars['Locale']['output'];
  /** Settings of the storefront, free for the shop to fill. */
  settings: Scalars['JSONObject']['output'];
  /** The storefront's page to set a password on; messages link to it with `#token=…` behind. */
  passwordPage?: Maybe<Scalars['URL']['output']>;
  /** Sites whose pages may use the API from a browser, such as `https://shop.example`; `*` for any. The API's own always may. */
  allowedOrigins: Array<Scalars['String']['output']>;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of shops. */
export type TenantConnection = {
  __typename?: 'TenantConnection';
  /** The shops. */
  nodes: Array<Tenant>;
  /** The shops, each with its cursor. */
  edges: Array<TenantEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** A shop in a list. */
export type TenantEdge = {
  __typename?: 'TenantEdge';
  /** Where in the list it stands; give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The shop. */
  node: Tenant;
};

/** A shop, as it is after the change. */
export type TenantPayload = {
  __typename?: 'TenantPayload';
  /** The shop; null when nothing was done. */
  tenant?: Maybe<Tenant>;
  /** For the owner of a new shop who was given no password: what the invitation says. Shown once, null on a repeat. */
  invitationToken?: Maybe<Scalars['String']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** A new shop. */
export type TenantCreateInput = {
  /** The shop's name, as shoppers know it. */
  name: Scalars['String']['input'];
  /** How it is reached: small letters, digits and hyphens, at most 63. */
  subdomain: Scalars['String']['input'];
  /** What it books. */
  plan?: InputMaybe<Plan>;
  /** The currency of its prices; it stays. */
  currency: Scalars['Currency']['input'];
  /** The locale in which it writes amounts. */
  locale?: InputMaybe<Scalars['Locale']['input']>;
  /** Settings of the storefront. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The storefront's page to set a password on; messages link to it with `#token=…` behind. */
  passwordPage?: InputMaybe<Scalars['URL']['input']>;
  /** Sites whose pages may use the API from a browser, such as `https://shop.example`; `*` for any. None but the API's own when absent. */
  allowedOrigins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Its first owner. */
  owner: TenantOwnerInput;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The first owner of a shop. */
export type TenantOwnerInput = {
  /** The address to sign in with. */
  email: Scalars['EmailAddress']['input'];
  /** The person's name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** At least 10 characters, of any kind. Without it, an invitation is sent. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** What changes of a shop: what is absent stays as it is. */
export type TenantUpdateInput = {
  /** The shop's id. */
  id: Scalars['ID']['input'];
  /** The shop's name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** How it is reached; the former subdomain no longer leads here. */
  subdomain?: InputMaybe<Scalars['String']['input']>;
  /** What it books. A shop above the limits of a smaller plan keeps what it has and can add nothing. */
  plan?: InputMaybe<Plan>;
  /** The locale in which it writes amounts. */
  locale?: InputMaybe<Scalars['Locale']['input']>;
  /** Settings of the storefront, all of them. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The storefront's page to set a password on; null for none. */
  passwordPage?: InputMaybe<Scalars['URL']['input']>;
  /** Sites whose pages may use the API from a browser, all of them; null for none but the API's own. */
  allowedOrigins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it is open. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version that the change is made for; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The settings of a shop, as its staff sees them. */
export type ShopSettings = {
  __typename?: 'ShopSettings';
  /** The shop's name, as shoppers know it. */
  name: Scalars['String']['output'];
  /** The currency of its prices; it stays. */
  currency: Scalars['Currency']['output'];
  /** The locale in which it writes amounts when a client asks for no other. */
  locale: Scalars['Locale']['output'];
  /** Settings of the storefront, free for the shop to fill; anybody may read them. */
  storefront: Scalars['JSONObject']['output'];
  /** Whether prices have the tax in them; else it comes on top. */
  taxIncluded: Scalars['Boolean']['output'];
  /** How goods are sent, in the order in which it is shown. */
  shippingMethods: Array<ShippingSetting>;
  /** From how few pieces on a variant's stock counts as low. */
  lowStockThreshold: Scalars['Int']['output'];
  /** How long an order may wait for its payment before it is cancelled. */
  unpaidOrderMinutes: Scalars['Int']['output'];
  /**
   * After how many months without a change an order that is at an end (`COMPLETED`, `CANCELLED` or `REFUNDED`) goes to the
   * archive; null: never.
   */
  archiveOrdersAfterMonths?: Maybe<Scalars['Int']['output']>;
  /** The storefront's page to set a password on; messages link to it with `#token=…` behind. */
  passwordPage?: Maybe<Scalars['URL']['output']>;
  /** Sites whose pages may use the API from a browser, such as `https://shop.example`; `*` for any. The API's own always may. */
  allowedOrigins: Array<Scalars['String']['output']>;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A way to send goods, as the shop has set it. */
export type ShippingSetting = {
  __typename?: 'ShippingSetting';
  /** By what carts name it. */
  id: Scalars['String']['output'];
  /** What buyers see. */
  name: Scalars['String']['output'];
  /** What it costs. */
  price: Money;
  /** From which value of the goods on it is free; null: never. */
  freeFrom?: Maybe<Money>;
};

/** The settings, as they are after the change. */
export type ShopUpdatePayload = {
  __typename?: 'ShopUpdatePayload';
  /** The settings; null when nothing was done. */
  settings?: Maybe<ShopSettings>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** What changes of a shop's settings: what is absent stays as it is. */
export type ShopUpdateInput = {
  /** The shop's name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The locale in which it writes amounts. */
  locale?: InputMaybe<Scalars['Locale']['input']>;
  /** Settings of the storefront, all of them. */
  storefront?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Whether prices have the tax in them; null for yes. */
  taxIncluded?: InputMaybe<Scalars['Boolean']['input']>;
  /** How goods are sent, all of the ways in the order in which it is shown; at most 50. Null for none. */
  shippingMethods?: InputMaybe<Array<ShippingMethodInput>>;
  /** From how few pieces on a variant's stock counts as low, 0 to 1,000,000; null for 5. */
  lowStockThreshold?: InputMaybe<Scalars['Int']['input']>;
  /** How long an order may wait for its payment before it is cancelled, 5 to 43,200; null for 60. */
  unpaidOrderMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** After how many months without a change an order that is at an end goes to the archive, 6 to 240; null for never. */
  archiveOrdersAfterMonths?: InputMaybe<Scalars['Int']['input']>;
  /** The storefront's page to set a password on; null for none. */
  passwordPage?: InputMaybe<Scalars['URL']['input']>;
  /** Sites whose pages may use the API from a browser, all of them; null for none but the API's own. */
  allowedOrigins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The version that the change is made for; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A way to send goods. */
export type ShippingMethodInput = {
  /** By what carts name it: 1 to 50 letters, digits, hyphens or underscores, unlike all others. */
  id: Scalars['String']['input'];
  /** What buyers see, at most 100 characters. */
  name: Scalars['String']['input'];
  /** What it costs, in the shop's currency. */
  price: Scalars['Decimal']['input'];
  /** From which value of the goods on it is free; absent: never. */
  freeFrom?: InputMaybe<Scalars['Decimal']['input']>;
};

/** What somebody is in a shop; docs/permissions.md says what each may. */
export type Role =
  /** Everything, people and keys included. */
  | 'OWNER'
  /** The whole business of the shop, but neither people nor keys. */
  | 'MANAGER'
  /** Products, categories and stock. */
  | 'CATALOGUE'
  /** Orders, customers and reviews. */
  | 'SUPPORT'
  /** Somebody who buys. */
  | 'CUSTOMER';

/** Somebody with an account in this shop. One's own account is one's own to read. */
export type User = {
  __typename?: 'User';
  /** The account's id. */
  id: Scalars['ID']['output'];
  /** The name, as the person wrote it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The address to sign in with and to write to, one account each. */
  email: Scalars['EmailAddress']['output'];
  /** Another name to sign in with. */
  username?: Maybe<Scalars['String']['output']>;
  /** The telephone number. */
  phone?: Maybe<Scalars['String']['output']>;
  /** What they are in this shop. */
  roles: Array<Role>;
  /** Whether they have set a password; false for somebody who has not accepted an invitation yet. */
  hasPassword: Scalars['Boolean']['output'];
  /** When they last signed in. */
  lastLogin?: Maybe<Scalars['DateTime']['output']>;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When the account was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** The addresses that the person keeps, in the order in which they were added. */
  addresses: Array<SavedAddress>;
  /** The person's orders, newest first; without those that went to the archive, which `order` finds by their numbers. */
  orders: OrderConnection;
};


/** Somebody with an account in this shop. One's own account is one's own to read. */
export type UserOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** Something the shop sells, with all of its variants. */
export type Product = {
  __typename?: 'Product';
  /** Who made the product; null where a program or an import did. */
  createdBy?: Maybe<User>;
  /** Who changed it last; null where a program or an import did. */
  updatedBy?: Maybe<User>;
  /** The product's id. */
  id: Scalars['ID']['output'];
  /** Stock keeping unit of the product as a whole; each variant has its own. */
  sku: Scalars['String']['output'];
  /** The name, as shoppers read it. */
  name: Scalars['String']['output'];
  /** The last part of the product page's address. */
  slug: Scalars['String']['output'];
  /** What it is, in plain text. */
  description?: Maybe<Scalars['String']['output']>;
  /** Where the product stands in its life. Shoppers only ever meet ACTIVE ones. */
  status: ProductStatus;
  /** Base price, sale price, tax and discounts. */
  pricing: Pricing;
  /** From the cheapest to the dearest variant, at this moment's effective prices. */
  priceRange: MoneyRange;
  /** The lowest price at which the product was offered in the last 30 days, as EU Directive 98/6/EC asks beside a reduction. */
  lowestPrice30Days?: Maybe<Money>;
  /** Where the product stands in the category tree. */
  category?: Maybe<Category>;
  /** What can be bought: one entry for each size, colour and the like. */
  variants: Array<ProductVariant>;
  /** One of the variants, by exactly one of its id or its sku. */
  variant?: Maybe<ProductVariant>;
  /** What a shopper chooses from: each option with the values that occur in the variants. */
  options: Array<ProductOption>;
  /** Whether and how many can be bought, over all variants. */
  availability: Availability;
  /** Count, average and latest of the published reviews. */
  reviewSummary: ReviewSummary;
  /** Labels of the shop's own: `gift`, `handmade`. */
  tags: Array<Scalars['String']['output']>;
  /** Words that shoppers search for and that the name lacks. */
  searchKeywords: Array<Scalars['String']['output']>;
  /** Pictures, in the order to show them. */
  media: Array<Media>;
  /** Title and description for search engines. */
  seo: Seo;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When the product was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is not. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The address that the product page has now; another than the slug asked for when that was a former one. */
  canonicalSlug: Scalars['String']['output'];
  /** Former versions, latest first. */
  history: ProductVersionConnection;
  /** Its published reviews, page by page. */
  reviews: ReviewConnection;
  /** How many pieces were sold in the last 30 days, without those that came back; counted every ten minutes. */
  soldRecently: Scalars['Int']['output'];
};


/** Something the shop sells, with all of its variants. */
export type ProductVariantArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
};


/** Something the shop sells, with all of its variants. */
export type ProductHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Something the shop sells, with all of its variants. */
export type ProductReviewsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  rating?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ReviewSort>;
};

/** What somebody thinks of a product. */
export type Review = {
  __typename?: 'Review';
  /** The account of whoever wrote it; null for a review that was imported. */
  user?: Maybe<User>;
  /** The review's id. */
  id: Scalars['ID']['output'];
  /** What it is about. */
  product: Product;
  /** Who wrote it, by the name they chose to show. */
  userName: Scalars['String']['output'];
  /** 1 (worst) to 5 (best). */
  rating: Scalars['Int']['output'];
  /** The headline. */
  title?: Maybe<Scalars['String']['output']>;
  /** The text. */
  comment?: Maybe<Scalars['String']['output']>;
  /** Whether it is shown. */
  status: ReviewStatus;
  /** Whether its writer bought the product here. */
  verifiedPurchase: Scalars['Boolean']['output'];
  /** How many found it helpful. */
  helpfulCount: Scalars['Int']['output'];
  /** When it was written. */
  createdAt: Scalars['DateTime']['output'];
};

/** A page of people. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The people. */
  nodes: Array<User>;
  /** The people, each with their cursor. */
  edges: Array<UserEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** A person in a list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Where in the list they stand; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The person. */
  node: User;
};

/** What opening, extending or ending a session answers. */
export type SessionPayload = {
  __typename?: 'SessionPayload';
  /** Send it as `authorization: Bearer …`. Shown once: null on a repeat that cannot show it again. */
  token?: Maybe<Scalars['String']['output']>;
  /** When the session ends unless it is extended. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose session it is. */
  user?: Maybe<User>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** An account, as it is after the change. */
export type UserPayload = {
  __typename?: 'UserPayload';
  /** The account; null when nothing was done. */
  user?: Maybe<User>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** The same for every address that can be one. */
export type PasswordResetRequestPayload = {
  __typename?: 'PasswordResetRequestPayload';
  /** The address, as it was given. */
  email?: Maybe<Scalars['EmailAddress']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** An API key, without its secret. */
export type ApiKey = {
  __typename?: 'ApiKey';
  /** The key's id. */
  id: Scalars['ID']['output'];
  /** What it is for. */
  name: Scalars['String']['output'];
  /** The permissions that it has. */
  scopes: Array<Scalars['String']['output']>;
  /** Who made it; null for a key that was made by a key or on the command line. */
  createdBy?: Maybe<User>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself; null for a key without an end. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked; null for one that was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was last used, to the minute; null for one that never was. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** An API key, as it is after the change. */
export type ApiKeyPayload = {
  __typename?: 'ApiKeyPayload';
  /** The key; null when nothing was done. */
  apiKey?: Maybe<ApiKey>;
  /** Send it as `x-api-key`. Shown once and stored nowhere: null on a repeat, and nobody can read it again. */
  secret?: Maybe<Scalars['String']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** Who signs up. */
export type UserSignUpInput = {
  /** The address to sign in with, one account each. */
  email: Scalars['EmailAddress']['input'];
  /** At least 10 characters, of any kind. */
  password: Scalars['String']['input'];
  /** Another name to sign in with: 3 to 32 letters, digits, dots, hyphens or underscores. */
  username?: InputMaybe<Scalars['String']['input']>;
  /** The person's name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The same key makes a repeat the same call, if the password is right as well: it is signed in again. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An account, by its e-mail address or its username, and its password. */
export type SessionCreateInput = {
  /** The account's address; or give its username. */
  email?: InputMaybe<Scalars['EmailAddress']['input']>;
  /** The account's username; or give its address. */
  username?: InputMaybe<Scalars['String']['input']>;
  /** The account's password. */
  password: Scalars['String']['input'];
  /** Changes nothing here: signing in is never answered from memory, each repeat opens a session of its own. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What changes of one's own account: what is absent stays as it is, null clears. */
export type ProfileUpdateInput = {
  /** The name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Another name to sign in with: 3 to 32 letters, digits, dots, hyphens or underscores. */
  username?: InputMaybe<Scalars['String']['input']>;
  /** The telephone number, with the country's code. */
  phone?: InputMaybe<Scalars['String']['input']>;
  /** The version that the change is made for; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** One's old and new password. */
export type PasswordChangeInput = {
  /** The password until now. */
  currentPassword: Scalars['String']['input'];
  /** At least 10 characters, of any kind. */
  newPassword: Scalars['String']['input'];
  /** The same key makes a repeat the same call, if the new password is the same. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Whose password is to be set anew. */
export type PasswordResetRequestInput = {
  /** The account's address. */
  email: Scalars['EmailAddress']['input'];
  /** The same key makes a repeat the same call: no second message is sent. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A token out of a message, and the new password. */
export type PasswordResetInput = {
  /** The token from the message. It holds for an hour, and once. */
  token: Scalars['String']['input'];
  /** At least 10 characters, of any kind. */
  newPassword: Scalars['String']['input'];
  /** The same key makes a repeat the same call, if the new password is the same. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Who joins the staff, and as what. */
export type UserInviteInput = {
  /** Where the invitation goes, and the address to sign in with. */
  email: Scalars['EmailAddress']['input'];
  /** The person's name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What they will be, at least one. */
  roles: Array<Role>;
  /** The same key makes a repeat the same call: no second message is sent. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A token out of an invitation, and the first password. */
export type InvitationAcceptInput = {
  /** The token from the invitation. It holds for 7 days, and once. */
  token: Scalars['String']['input'];
  /** At least 10 characters, of any kind. */
  password: Scalars['String']['input'];
  /** The same key makes a repeat the same call, if the password is the same. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Somebody's roles from now on. */
export type UserRolesSetInput = {
  /** The account. */
  userId: Scalars['ID']['input'];
  /** All of their roles, at least one. */
  roles: Array<Role>;
  /** The version that the change is made for; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What a new key is for and what it may. */
export type ApiKeyCreateInput = {
  /** What it is for, so that one knows later. */
  name: Scalars['String']['input'];
  /** Permissions by name, such as `catalogue:read`; none that you do not have yourself. */
  scopes: Array<Scalars['String']['input']>;
  /** When it ends by itself; absent for a key without an end. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The same key makes a repeat the same call; the secret is in the first answer only. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which key ends. */
export type ApiKeyRevokeInput = {
  /** The key's id. */
  id: Scalars['ID']['input'];
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which customers. */
export type CustomerFilter = {
  /** Only those whose e-mail address begins so, in the order of their addresses. */
  emailStartsWith?: InputMaybe<Scalars['String']['input']>;
  /** Only those whose account was opened at this moment or later. */
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only those whose account was opened before this moment. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Somebody with an account, as those see them who look after customers. */
export type Customer = {
  __typename?: 'Customer';
  /** The account's id. */
  id: Scalars['ID']['output'];
  /** The name, as the person wrote it. */
  name?: Maybe<Scalars['String']['output']>;
  /** The address to sign in with and to write to. */
  email: Scalars['EmailAddress']['output'];
  /** The telephone number. */
  phone?: Maybe<Scalars['String']['output']>;
  /** The addresses that the person keeps. */
  addresses: Array<SavedAddress>;
  /** When they last signed in. */
  lastLogin?: Maybe<Scalars['DateTime']['output']>;
  /** Goes up by one with each change of the account. */
  version: Scalars['Int']['output'];
  /** When the account was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** The person's orders, newest first; without those that went to the archive, which `order` finds by their numbers. */
  orders: OrderConnection;
  /** How many orders of the person were paid. */
  orderCount: Scalars['Int']['output'];
  /** What the person paid and did not get back, once for each currency. */
  totalSpent: Array<Money>;
};


/** Somebody with an account, as those see them who look after customers. */
export type CustomerOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of customers. */
export type CustomerConnection = {
  __typename?: 'CustomerConnection';
  /** The customers. */
  nodes: Array<Customer>;
  /** The customers, each with their cursor. */
  edges: Array<CustomerEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** A customer in a list. */
export type CustomerEdge = {
  __typename?: 'CustomerEdge';
  /** Where in the list they stand; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The customer. */
  node: Customer;
};

/** An address that somebody keeps. */
export type SavedAddress = {
  __typename?: 'SavedAddress';
  /** The address's id. */
  id: Scalars['ID']['output'];
  /** Where it is. */
  address: Address;
  /** Whether it is the one that the person uses unless they say otherwise. */
  isDefault: Scalars['Boolean']['output'];
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** What became of one's addresses. */
export type AddressPayload = {
  __typename?: 'AddressPayload';
  /** The address that was added, changed or taken out; null when nothing was done. */
  address?: Maybe<SavedAddress>;
  /** All addresses that one keeps now; null when nothing was done. */
  addresses?: Maybe<Array<SavedAddress>>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** An address to keep. */
export type AddressAddInput = {
  /** The address. */
  address: AddressInput;
  /** Whether it is the default from now on. */
  isDefault?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An address in the place of one that is kept. */
export type AddressUpdateInput = {
  /** Which one. */
  id: Scalars['ID']['input'];
  /** The address, all of it. */
  address: AddressInput;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which address to take out. */
export type AddressRemoveInput = {
  /** Its id. */
  id: Scalars['ID']['input'];
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which address is the default from now on. */
export type AddressSetDefaultInput = {
  /** Its id. */
  id: Scalars['ID']['input'];
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Where a product stands in its life. */
export type ProductStatus =
  /** Being written; staff only. */
  | 'DRAFT'
  /** In the shop. */
  | 'ACTIVE'
  /** No longer sold; staff only. */
  | 'ARCHIVED';

/** The prices of a product, before its variants have their say. */
export type Pricing = {
  __typename?: 'Pricing';
  /** The currency of every amount here. */
  currency: Scalars['Currency']['output'];
  /** The regular price. */
  basePrice: Money;
  /** The reduced price, where there is one. */
  salePrice?: Maybe<Money>;
  /** The share of tax, as a fraction: 0.19 is 19 %. */
  taxRate: Scalars['Float']['output'];
  /** What the product costs the shop. */
  cost?: Maybe<Money>;
  /** Reductions with a time window. Shoppers see those that need no code; staff see all. */
  discounts: Array<Discount>;
  /** What one piece costs: sale price or base price, less the best discount that applies. */
  effectivePrice: Money;
};


/** The prices of a product, before its variants have their say. */
export type PricingEffectivePriceArgs = {
  quantity?: InputMaybe<Scalars['Int']['input']>;
  code?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};

/** How a discount reduces a price. */
export type DiscountType =
  /** `value` is a percentage: 15 takes 15 % off. */
  | 'PERCENTAGE'
  /** `value` is an amount in the product's currency: 5.00 takes 5.00 off. */
  | 'FIXED_AMOUNT';

/** A reduction within a time window. The best one that applies is taken; they do not add up. */
export type Discount = {
  __typename?: 'Discount';
  /** How the price is reduced. */
  type: DiscountType;
  /** By how much: a percentage or an amount, as `type` says. */
  value: Scalars['Decimal']['output'];
  /** The first moment at which it applies. */
  validFrom: Scalars['DateTime']['output'];
  /** The first moment at which it no longer applies. */
  validTo: Scalars['DateTime']['output'];
  /** The code that a shopper has to give; null where none is needed. */
  code?: Maybe<Scalars['String']['output']>;
  /** From how many pieces on it applies. */
  minQuantity: Scalars['Int']['output'];
};

/** What is really bought: one size, one colour, with its own sku, price and stock. */
export type ProductVariant = {
  __typename?: 'ProductVariant';
  /** The variant's id. */
  id: Scalars['ID']['output'];
  /** Its stock keeping unit, unique in the shop. */
  sku: Scalars['String']['output'];
  /** What tells it from the other variants: `Size` `M`. */
  attributes: Array<Attribute>;
  /** Its prices. */
  pricing: VariantPricing;
  /** Its stock. */
  inventory: Inventory;
  /** Whether it can be bought although it is not there; it is then sent when it has come in. */
  backorder: Scalars['Boolean']['output'];
  /** Pictures of this very variant. */
  media: Array<Media>;
};

/** The prices of one variant; where it has none of its own, the product's. */
export type VariantPricing = {
  __typename?: 'VariantPricing';
  /** The regular price. */
  basePrice: Money;
  /** The reduced price, where there is one. */
  salePrice?: Maybe<Money>;
  /** What one piece costs: sale price or base price, less the best discount that applies. */
  effectivePrice: Money;
};


/** The prices of one variant; where it has none of its own, the product's. */
export type VariantPricingEffectivePriceArgs = {
  quantity?: InputMaybe<Scalars['Int']['input']>;
  code?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
};

/** One property of a variant. */
export type Attribute = {
  __typename?: 'Attribute';
  /** What it is called: `Size`. */
  name: Scalars['String']['output'];
  /** What it is here: `M`. */
  value: Scalars['String']['output'];
};

/** Something to choose when buying, with its choices. */
export type ProductOption = {
  __typename?: 'ProductOption';
  /** What is chosen: `Size`. */
  name: Scalars['String']['output'];
  /** The choices, in the order of the variants: `S`, `M`, `L`. */
  values: Array<Scalars['String']['output']>;
};

/** The stock of one variant: quantity = reserved + available. */
export type Inventory = {
  __typename?: 'Inventory';
  /** How many pieces there are in all. */
  quantity: Scalars['Int']['output'];
  /** How many of them are promised to somebody. */
  reserved: Scalars['Int']['output'];
  /** How many pieces are sold that are still to come; the next ones that come in are theirs. */
  backordered: Scalars['Int']['output'];
  /** How many pieces can be bought now. */
  available: Scalars['Int']['output'];
  /** Whether it can be bought: some pieces are available, or it may be bought before they come (see `backorder`). */
  inStock: Scalars['Boolean']['output'];
};

/** The stock of all variants together. */
export type Availability = {
  __typename?: 'Availability';
  /** Whether any variant can be bought; those that may be bought before they come (`backorder`) always can. */
  inStock: Scalars['Boolean']['output'];
  /** How many pieces can be bought now. */
  available: Scalars['Int']['output'];
};

/** A picture. */
export type Media = {
  __typename?: 'Media';
  /** Where it is. */
  url: Scalars['URL']['output'];
  /** What it shows, for those who cannot see it. */
  alt?: Maybe<Scalars['String']['output']>;
  /** Its place among the pictures, from 0. */
  position: Scalars['Int']['output'];
};

/** What search engines are told. */
export type Seo = {
  __typename?: 'Seo';
  /** The title of the page; the name where it is null. */
  title?: Maybe<Scalars['String']['output']>;
  /** The summary under the title. */
  description?: Maybe<Scalars['String']['output']>;
};

/** One label of the shop's tree of categories, at most five levels deep. */
export type Category = {
  __typename?: 'Category';
  /** The category's id. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** The last part of the category page's address. */
  slug: Scalars['String']['output'];
  /** The names from the top of the tree down to this one. */
  path: Array<Scalars['String']['output']>;
  /** How far below the top it stands: 1 for a category at the top. */
  depth: Scalars['Int']['output'];
  /** Its place among its siblings, from 0. */
  position: Scalars['Int']['output'];
  /** What is in it, in plain text. */
  description?: Maybe<Scalars['String']['output']>;
  /** The category right above; null at the top. */
  parent?: Maybe<Category>;
  /** All categories above, from the top down. */
  ancestors: Array<Category>;
  /** The categories right below, in their order. */
  children: Array<Category>;
  /** The products in it and in all that is below it, unless `filter.includeDescendants` is false. */
  products: ProductConnection;
  /** How many active products are in it. */
  productCount: Scalars['Int']['output'];
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
};


/** One label of the shop's tree of categories, at most five levels deep. */
export type CategoryProductsArgs = {
  filter?: InputMaybe<ProductFilter>;
  sort?: InputMaybe<ProductSort>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** One label of the shop's tree of categories, at most five levels deep. */
export type CategoryProductCountArgs = {
  includeDescendants?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What became of a product. */
export type ProductPayload = {
  __typename?: 'ProductPayload';
  /** The product as it is now; null when nothing was changed. */
  product?: Maybe<Product>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** What became of a category. */
export type CategoryPayload = {
  __typename?: 'CategoryPayload';
  /** The category as it is now; null when nothing was changed. */
  category?: Maybe<Category>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** A product to add. */
export type ProductCreateInput = {
  /** Stock keeping unit of the product as a whole, unique in the shop over products and variants. */
  sku: Scalars['String']['input'];
  /** The name, as shoppers read it. */
  name: Scalars['String']['input'];
  /** The last part of the product page's address; made from the name when absent. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** What it is, in plain text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** DRAFT until it is ready to be sold. */
  status?: InputMaybe<ProductStatus>;
  /** Where it stands in the category tree. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Its prices. */
  pricing: PricingInput;
  /** What can be bought; at most 250 in one call. */
  variants?: InputMaybe<Array<VariantInput>>;
  /** Labels of the shop's own. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Words that shoppers search for and that the name lacks. */
  searchKeywords?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Pictures, in the order to show them. */
  media?: InputMaybe<Array<MediaInput>>;
  /** Title and description for search engines. */
  seo?: InputMaybe<SeoInput>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What changes of a product. */
export type ProductUpdateInput = {
  /** The product's id. */
  id: Scalars['ID']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Stock keeping unit of the product as a whole. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** The name, as shoppers read it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The last part of the product page's address; the former one keeps leading to the product. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** What it is, in plain text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Where the product stands in its life. */
  status?: InputMaybe<ProductStatus>;
  /** Where it stands in the category tree; null takes it out. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** What changes of its prices. */
  pricing?: InputMaybe<PricingPatchInput>;
  /** Labels of the shop's own, all of them. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Words that shoppers search for, all of them. */
  searchKeywords?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Pictures, all of them. */
  media?: InputMaybe<Array<MediaInput>>;
  /** Title and description for search engines. */
  seo?: InputMaybe<SeoInput>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A product as it should be, known by its sku. */
export type ProductUpsertInput = {
  /** The sku by which the product is known. */
  sku: Scalars['String']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The name; needed for a product that is new. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The last part of the product page's address; made from the name when absent. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** What it is, in plain text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** DRAFT when absent on a new product. */
  status?: InputMaybe<ProductStatus>;
  /** Where it stands in the category tree; null takes it out. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Its prices; the base price is needed for a product that is new. */
  pricing?: InputMaybe<PricingPatchInput>;
  /** Variants to add or to change, known by their skus; others stay. At most 250 in one call. */
  variants?: InputMaybe<Array<VariantInput>>;
  /** Labels of the shop's own, all of them. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Words that shoppers search for, all of them. */
  searchKeywords?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Pictures, all of them. */
  media?: InputMaybe<Array<MediaInput>>;
  /** Title and description for search engines. */
  seo?: InputMaybe<SeoInput>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A product to delete. */
export type ProductDeleteInput = {
  /** The product's id. */
  id: Scalars['ID']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A product to bring back. */
export type ProductRestoreInput = {
  /** The product's id. */
  id: Scalars['ID']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A former version to bring back. */
export type ProductRestoreVersionInput = {
  /** The product's id. */
  id: Scalars['ID']['input'];
  /** The version that it should say again, as in its history. */
  version: Scalars['Int']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Variants to add or change. */
export type ProductVariantsUpsertInput = {
  /** The product's id. */
  productId: Scalars['ID']['input'];
  /** The variants, known by their skus; at most 250 in one call. */
  variants: Array<VariantInput>;
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A variant to take away. */
export type ProductVariantDeleteInput = {
  /** The product's id. */
  productId: Scalars['ID']['input'];
  /** The variant's sku. */
  sku: Scalars['String']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The prices of a new product, as decimal strings. */
export type PricingInput = {
  /** The currency of all of them; the shop's when absent. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** The regular price. */
  basePrice: Scalars['Decimal']['input'];
  /** The reduced price. */
  salePrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** What the product costs the shop. */
  cost?: InputMaybe<Scalars['Decimal']['input']>;
  /** The share of tax, as a fraction: 0.19 is 19 %. */
  taxRate?: InputMaybe<Scalars['Float']['input']>;
  /** Reductions with a time window. */
  discounts?: InputMaybe<Array<DiscountInput>>;
};

/** What changes of a product's prices; null clears. */
export type PricingPatchInput = {
  /** The currency of all of them; it can be set on a new product only. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** The regular price. */
  basePrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** The reduced price. */
  salePrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** What the product costs the shop. */
  cost?: InputMaybe<Scalars['Decimal']['input']>;
  /** The share of tax, as a fraction: 0.19 is 19 %. */
  taxRate?: InputMaybe<Scalars['Float']['input']>;
  /** Reductions with a time window, all of them. */
  discounts?: InputMaybe<Array<DiscountInput>>;
};

/** A reduction within a time window. */
export type DiscountInput = {
  /** How the price is reduced. */
  type: DiscountType;
  /** By how much: a percentage up to 100 with at most two decimals, or an amount. */
  value: Scalars['Decimal']['input'];
  /** The first moment at which it applies. */
  validFrom: Scalars['DateTime']['input'];
  /** The first moment at which it no longer applies. */
  validTo: Scalars['DateTime']['input'];
  /** The code that a shopper has to give; none when absent. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** From how many pieces on it applies; 1 when absent. */
  minQuantity?: InputMaybe<Scalars['Int']['input']>;
};

/** A variant, known by its sku. What is absent stays as it is, or is empty on a new one. */
export type VariantInput = {
  /** Its stock keeping unit, unique in the shop over products and variants. */
  sku: Scalars['String']['input'];
  /** What tells it from the other variants, all of it. */
  attributes?: InputMaybe<Array<AttributeInput>>;
  /** How many pieces there are; 0 when absent on a new one. */
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it may be sold although it is not there; no when absent on a new one. */
  backorder?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its own prices; as the product when absent. */
  pricing?: InputMaybe<VariantPricingInput>;
  /** Pictures of this very variant, all of them. */
  media?: InputMaybe<Array<MediaInput>>;
};

/** Prices of one variant, as decimal strings; null means: as the product. */
export type VariantPricingInput = {
  /** The regular price. */
  basePrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** The reduced price. */
  salePrice?: InputMaybe<Scalars['Decimal']['input']>;
};

/** One property of a variant. */
export type AttributeInput = {
  /** What it is called: `Size`. */
  name: Scalars['String']['input'];
  /** What it is here: `M`. */
  value: Scalars['String']['input'];
};

/** A picture. */
export type MediaInput = {
  /** Where it is. */
  url: Scalars['URL']['input'];
  /** What it shows, for those who cannot see it. */
  alt?: InputMaybe<Scalars['String']['input']>;
};

/** What search engines are told. */
export type SeoInput = {
  /** The title of the page; the name where it is null. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** The summary under the title. */
  description?: InputMaybe<Scalars['String']['input']>;
};

/** A category to add. */
export type CategoryCreateInput = {
  /** Its name. */
  name: Scalars['String']['input'];
  /** The last part of the category page's address; made from the name when absent. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** What is in it, in plain text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The category right above; at the top when absent. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Its place among its siblings, from 0; the last when absent. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What changes of a category. */
export type CategoryUpdateInput = {
  /** The category's id. */
  id: Scalars['ID']['input'];
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Its name. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The last part of the category page's address. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** What is in it, in plain text. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The category right above; null moves it to the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Its place among its siblings, from 0. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A category to take away. */
export type CategoryDeleteInput = {
  /** The category's id. */
  id: Scalars['ID']['input'];
  /** The category that takes its products. */
  moveProductsTo?: InputMaybe<Scalars['ID']['input']>;
  /** The version that the change was decided on; refused when it has another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A page of former versions of a product. */
export type ProductVersionConnection = {
  __typename?: 'ProductVersionConnection';
  /** The versions. */
  nodes: Array<ProductVersion>;
  /** The versions, each with its cursor. */
  edges: Array<ProductVersionEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A version in a list. */
export type ProductVersionEdge = {
  __typename?: 'ProductVersionEdge';
  /** Where in the list it stands; give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The version. */
  node: ProductVersion;
};

/** What a product said until it was changed. */
export type ProductVersion = {
  __typename?: 'ProductVersion';
  /** The number of the version. */
  version: Scalars['Int']['output'];
  /** When it was replaced. */
  replacedAt: Scalars['DateTime']['output'];
  /** Who replaced it, such as `user:65…`; null where nobody is known. */
  replacedBy?: Maybe<Scalars['String']['output']>;
  /** The product as it was. */
  product: Product;
};

/** Where the import of an uploaded file stands. */
export type ProductsImportState =
  /** The file is still arriving. */
  | 'UPLOADING'
  /** It is its turn next. */
  | 'WAITING'
  /** It is being imported. */
  | 'RUNNING'
  /** It was read to its end; what was refused is in `faults`. */
  | 'DONE'
  /** It could not be read to its end; `failure` says why. What came before that is imported. */
  | 'FAILED';

/** The import of an uploaded file of products. */
export type ProductsImport = {
  __typename?: 'ProductsImport';
  /** The import's id. */
  id: Scalars['ID']['output'];
  /** Where it stands. */
  state: ProductsImportState;
  /** How large the file is. */
  bytes: Scalars['SafeInt']['output'];
  /** How many products are new. */
  created: Scalars['Int']['output'];
  /** How many were changed. */
  updated: Scalars['Int']['output'];
  /** How many were as the file states already. */
  unchanged: Scalars['Int']['output'];
  /** How many were left out, for the reasons in `faults`. */
  refused: Scalars['Int']['output'];
  /** What is wrong in the file, place by place; the first thousand. */
  faults: Array<ProductsImportFault>;
  /** How many such places there are in all. */
  faultCount: Scalars['Int']['output'];
  /** Why the file could not be read to its end. */
  failure?: Maybe<Scalars['String']['output']>;
  /** When it was uploaded. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ended. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** One thing that is wrong in an uploaded file. */
export type ProductsImportFault = {
  __typename?: 'ProductsImportFault';
  /** The line, from 1. */
  line?: Maybe<Scalars['Int']['output']>;
  /** The way to the value in the line's JSON. */
  column?: Maybe<Scalars['String']['output']>;
  /** The product's slug, as far as it is known. */
  product?: Maybe<Scalars['String']['output']>;
  /** The value at fault, shortened. */
  value?: Maybe<Scalars['String']['output']>;
  /** What is wrong with it, and what would be right. */
  reason: Scalars['String']['output'];
};

/** A look at a product. */
export type ProductViewedInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Views under the same key are one for 24 hours, whatever product they name. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a view. */
export type ProductViewedPayload = {
  __typename?: 'ProductViewedPayload';
  /** Why it will not be counted; empty when all went well. */
  userErrors: Array<UserError>;
};

/** How often a product was looked at. */
export type ProductViews = {
  __typename?: 'ProductViews';
  /** The product; null when it was deleted. */
  product?: Maybe<Product>;
  /** The id of the product, also when it was deleted. */
  productId: Scalars['ID']['output'];
  /** How often it was looked at in those days. */
  views: Scalars['Int']['output'];
};

/** Pieces to keep for somebody. */
export type InventoryReserveInput = {
  /** What to keep, 1 to 250 lines; lines of one sku are added up. */
  lines: Array<ReserveLineInput>;
  /** For how many seconds, 60 to 86400; 15 minutes when absent. */
  ttlSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Pieces of one variant to keep. */
export type ReserveLineInput = {
  /** The variant's sku. */
  sku: Scalars['String']['input'];
  /** How many pieces, at least 1. */
  quantity: Scalars['Int']['input'];
};

/** A reservation to give up. */
export type InventoryReleaseInput = {
  /** The reservation's id. */
  reservationId: Scalars['ID']['input'];
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a reservation. */
export type ReservationPayload = {
  __typename?: 'ReservationPayload';
  /** The reservation; null when nothing was changed. */
  reservation?: Maybe<Reservation>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** Where a reservation stands. */
export type ReservationState =
  /** Its pieces are kept. */
  | 'HELD'
  /** Its pieces are sold. */
  | 'CONSUMED'
  /** It was given up, or its time is over: its pieces can be bought by others. */
  | 'RELEASED';

/** Pieces that are kept for somebody, for some time. */
export type Reservation = {
  __typename?: 'Reservation';
  /** The reservation's id. */
  id: Scalars['ID']['output'];
  /** Where it stands. */
  state: ReservationState;
  /** Until when the pieces are kept, unless they are sold or given up before. */
  expiresAt: Scalars['DateTime']['output'];
  /** What is kept, one line for each variant. */
  lines: Array<ReservationLine>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was sold, given up or over; null while it is held. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Pieces of one variant that are kept. */
export type ReservationLine = {
  __typename?: 'ReservationLine';
  /** The variant's sku. */
  sku: Scalars['String']['output'];
  /** How many pieces. */
  quantity: Scalars['Int']['output'];
  /** Whether they are still to come: they were not there when they were asked for, and the variant may be sold so. */
  backordered: Scalars['Boolean']['output'];
};

/** A change of what there is of a variant. Give exactly one of `delta` and `setTo`. */
export type InventoryAdjustInput = {
  /** The variant's sku. */
  sku: Scalars['String']['input'];
  /** How many pieces more, or fewer when below zero; pieces that are reserved cannot be taken out. */
  delta?: InputMaybe<Scalars['Int']['input']>;
  /** How many pieces there are. */
  setTo?: InputMaybe<Scalars['Int']['input']>;
  /** How many there were when this was decided; refused when there are others by now. */
  expectedQuantity?: InputMaybe<Scalars['Int']['input']>;
  /** Why: delivery, count, damage. */
  reason: Scalars['String']['input'];
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a variant's stock. */
export type InventoryPayload = {
  __typename?: 'InventoryPayload';
  /** The stock as it is now; null when nothing was changed. */
  inventory?: Maybe<Inventory>;
  /** The variant. */
  variant?: Maybe<ProductVariant>;
  /** Its product. */
  product?: Maybe<Product>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** A product of which some variant runs low. */
export type LowStock = {
  __typename?: 'LowStock';
  /** The product; null when it was deleted in this moment. */
  product?: Maybe<Product>;
  /** Those of its variants that run low, the fewest pieces first. */
  variants: Array<ProductVariant>;
};

/** A page of products that run low. */
export type LowStockConnection = {
  __typename?: 'LowStockConnection';
  /** The products. */
  nodes: Array<LowStock>;
  /** The products, each with its cursor. */
  edges: Array<LowStockEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A product that runs low, in a list. */
export type LowStockEdge = {
  __typename?: 'LowStockEdge';
  /** Where in the list it stands; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: LowStock;
};

/** One line of the ledger of stock. */
export type StockMovement = {
  __typename?: 'StockMovement';
  /** The line's id. */
  id: Scalars['ID']['output'];
  /** The product's id; the product may be gone. */
  productId: Scalars['ID']['output'];
  /** The variant's id. */
  variantId: Scalars['ID']['output'];
  /** The variant's sku at that time. */
  sku: Scalars['String']['output'];
  /** How many pieces more or fewer there are since. */
  quantity: Scalars['Int']['output'];
  /** How many pieces more or fewer are reserved since. */
  reserved: Scalars['Int']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who did it, such as `user:65…`; null where nobody is known. */
  actor?: Maybe<Scalars['String']['output']>;
};

/** A page of the ledger of stock. */
export type StockMovementConnection = {
  __typename?: 'StockMovementConnection';
  /** The lines. */
  nodes: Array<StockMovement>;
  /** The lines, each with its cursor. */
  edges: Array<StockMovementEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A line in a list. */
export type StockMovementEdge = {
  __typename?: 'StockMovementEdge';
  /** Where in the list it stands; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The line. */
  node: StockMovement;
};

/** A range of decimal numbers; both ends belong to it. */
export type RangeInput = {
  /** Not less than this. */
  min?: InputMaybe<Scalars['Decimal']['input']>;
  /** Not more than this. */
  max?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Products of which a variant has one of these values. */
export type AttributeFilter = {
  /** The attribute's name: `Size`. */
  name: Scalars['String']['input'];
  /** The values to keep: any of them. */
  in: Array<Scalars['String']['input']>;
};

/** Which products to keep; everything that is given must hold. */
export type ProductFilter = {
  /** In this category. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** In the category with this slug. */
  categorySlug?: InputMaybe<Scalars['String']['input']>;
  /** Count what is below the category too. */
  includeDescendants?: InputMaybe<Scalars['Boolean']['input']>;
  /** With at least one of these tags. */
  tagsIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** With all of these tags. */
  tagsAll?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whose lowest effective price is in this range, in the shop's currency. */
  price?: InputMaybe<RangeInput>;
  /** With a variant that can be bought, now or before it comes (true), or with none (false). */
  inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** With an average rating of at least this, 1 to 5. */
  minRating?: InputMaybe<Scalars['Float']['input']>;
  /** With one variant that has all of these attributes. */
  attributes?: InputMaybe<Array<AttributeFilter>>;
  /** With one of these statuses; anything but ACTIVE needs catalogue:read. */
  status?: InputMaybe<Array<ProductStatus>>;
  /** Made at this moment or later. */
  createdAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this moment. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Show deleted products too; needs catalogue:read. */
  includeDeleted?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The order of a list of products. */
export type ProductSort =
  /** Best match first; without a search, newest first. */
  | 'RELEVANCE'
  /** Latest made first. */
  | 'NEWEST'
  /** Earliest made first. */
  | 'OLDEST'
  /** Lowest effective price first. */
  | 'PRICE_ASC'
  /** Highest of the lowest effective prices first. */
  | 'PRICE_DESC'
  /** By name, A to Z. */
  | 'NAME_ASC'
  /** By name, Z to A. */
  | 'NAME_DESC'
  /** Best average rating first. */
  | 'RATING_DESC'
  /** Most pieces sold in the last 30 days first, counted every ten minutes. */
  | 'BEST_SELLING';

/** A page of products. */
export type ProductConnection = {
  __typename?: 'ProductConnection';
  /** The products. */
  nodes: Array<Product>;
  /** The products, each with its cursor. */
  edges: Array<ProductEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many products there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
  /** What to narrow the list by, with counts; worked out only when asked for. */
  facets: Array<Facet>;
};

/** A product in a list. */
export type ProductEdge = {
  __typename?: 'ProductEdge';
  /** Where in the list it stands; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** One way to narrow a list: by category, tag, price, rating or an attribute. */
export type Facet = {
  __typename?: 'Facet';
  /** `category`, `tag`, `price`, `rating`, or `attribute.` with the attribute's name. */
  key: Scalars['String']['output'];
  /** What to call it. */
  label: Scalars['String']['output'];
  /** The choices. Those of a facet are counted as if nothing were chosen in it, so that others can be chosen too. */
  values: Array<FacetValue>;
  /**
   * Whether the counts are those of all products at this moment. False in large lists: there the counts of a whole shop
   * or category are some minutes old, and those of a narrowed list are of some of its products.
   */
  countsAreExact: Scalars['Boolean']['output'];
};

/** One choice of a facet. */
export type FacetValue = {
  __typename?: 'FacetValue';
  /** What to call it. */
  label: Scalars['String']['output'];
  /** How many products the list has with `filter`. */
  count: Scalars['Int']['output'];
  /** Whether the list is narrowed by it already. */
  selected: Scalars['Boolean']['output'];
  /** The whole filter with this choice made: give it back as ProductFilter. */
  filter: Scalars['JSONObject']['output'];
};

/** One thing that a shopper may be looking for. */
export type SearchSuggestion = {
  __typename?: 'SearchSuggestion';
  /** The text to show and to search for. */
  text: Scalars['String']['output'];
  /** The product, where the text is the name of one. */
  product?: Maybe<Product>;
  /** The category, where the text is the name of one. */
  category?: Maybe<Category>;
};

/** What the published reviews of a product say in short. */
export type ReviewSummary = {
  __typename?: 'ReviewSummary';
  /** How many there are. */
  count: Scalars['Int']['output'];
  /** Their average rating, 1 to 5; null where there are none. */
  average?: Maybe<Scalars['Float']['output']>;
  /** How many gave each rating, from 5 down to 1. */
  distribution: Array<RatingCount>;
  /** The latest ten, in short. */
  recent: Array<ReviewExcerpt>;
};

/** How many reviews gave one rating. */
export type RatingCount = {
  __typename?: 'RatingCount';
  /** The rating, 1 to 5. */
  rating: Scalars['Int']['output'];
  /** How many reviews gave it. */
  count: Scalars['Int']['output'];
};

/** A review in short, as it stands beside the product. */
export type ReviewExcerpt = {
  __typename?: 'ReviewExcerpt';
  /** Who wrote it. */
  userName: Scalars['String']['output'];
  /** 1 (worst) to 5 (best). */
  rating: Scalars['Int']['output'];
  /** What they wrote. */
  comment?: Maybe<Scalars['String']['output']>;
  /** When they wrote it. */
  createdAt: Scalars['DateTime']['output'];
};

/** Whether a review is shown. */
export type ReviewStatus =
  /** Nobody of the staff has read it yet. */
  | 'PENDING'
  /** Shown to all. */
  | 'APPROVED'
  /** Shown to nobody. */
  | 'REJECTED';

/** The order of a list of reviews. */
export type ReviewSort =
  /** Latest first. */
  | 'NEWEST'
  /** Earliest first. */
  | 'OLDEST'
  /** Best rating first. */
  | 'HIGHEST'
  /** Worst rating first. */
  | 'LOWEST'
  /** Most votes as helpful first. */
  | 'MOST_HELPFUL';

/** A page of reviews. */
export type ReviewConnection = {
  __typename?: 'ReviewConnection';
  /** The reviews. */
  nodes: Array<Review>;
  /** The reviews, each with its cursor. */
  edges: Array<ReviewEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** A review in a list. */
export type ReviewEdge = {
  __typename?: 'ReviewEdge';
  /** Where in the list it stands; give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The review. */
  node: Review;
};

/** What became of a review. */
export type ReviewPayload = {
  __typename?: 'ReviewPayload';
  /** The review as it is now; null when nothing was changed. */
  review?: Maybe<Review>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** What one thinks of a product. */
export type ReviewSubmitInput = {
  /** The product's id. */
  productId: Scalars['ID']['input'];
  /** 1 (worst) to 5 (best). */
  rating: Scalars['Int']['input'];
  /** The headline, at most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** The text, at most 5,000 characters. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** The name to show; the account's when absent. */
  userName?: InputMaybe<Scalars['String']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What becomes of a review. */
export type ReviewModerateInput = {
  /** The review's id. */
  id: Scalars['ID']['input'];
  /** APPROVED shows it to all, REJECTED to nobody, PENDING puts it back in the queue. */
  status: ReviewStatus;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Whether a review was helpful. */
export type ReviewVoteInput = {
  /** The review's id. */
  id: Scalars['ID']['input'];
  /** True for helpful; false takes a vote back. */
  helpful?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What was done to a record. */
export type AuditAction =
  /** It was made. */
  | 'INSERT'
  /** It was changed, or brought back. */
  | 'UPDATE'
  /** It was deleted. */
  | 'DELETE';

/** Which entries of the audit to keep; everything that is given must hold. */
export type AuditFilter = {
  /** Of this actor: `user:65…`, `apiKey:65…` or `operator`. */
  actor?: InputMaybe<Scalars['String']['input']>;
  /** Of records of this type: `product`, `category`, `inventory`, `review`, `promotion`, `order`, `user`, `apiKey`, `operatorKey`, `paymentAccount`, `webhook` or `tenant`. */
  recordType?: InputMaybe<Scalars['String']['input']>;
  /** Of the record with this id; `inventory` goes by the id of the variant. */
  recordId?: InputMaybe<Scalars['ID']['input']>;
  /** Where this was done. */
  action?: InputMaybe<AuditAction>;
  /** At this moment or later. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A page of the audit. */
export type AuditConnection = {
  __typename?: 'AuditConnection';
  /** The entries. */
  nodes: Array<AuditEntry>;
  /** The entries, each with its cursor. */
  edges: Array<AuditEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** An entry in a list. */
export type AuditEdge = {
  __typename?: 'AuditEdge';
  /** Where in the list it stands; give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/** One change of one record. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** The entry's id. */
  id: Scalars['ID']['output'];
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who did it: `user:65…`, `apiKey:65…` or `operator`; null for somebody unknown, and for scripts and jobs. */
  actor?: Maybe<Scalars['String']['output']>;
  /** What was done. */
  action: AuditAction;
  /** What kind of record it was done to, such as `product`; the filter names all kinds. */
  recordType: Scalars['String']['output'];
  /** The record's id; of `inventory`, the id of the variant. */
  recordId: Scalars['String']['output'];
  /** What changed: fields of the record itself come before those further inside. */
  changes: Array<AuditChange>;
  /** How many more fields changed than are shown; 0 but for changes of hundreds of fields at once. */
  changesOmitted: Scalars['Int']['output'];
  /** The request that did it, as its answer named it; null for scripts and jobs. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** The address that the request came from. */
  ip?: Maybe<Scalars['String']['output']>;
  /** The program that sent the request, as it named itself. */
  userAgent?: Maybe<Scalars['String']['output']>;
};

/** One field that changed, as it is stored: amounts in the currency's minor unit, secrets as `[redacted]`. */
export type AuditChange = {
  __typename?: 'AuditChange';
  /**
   * The way to the field: `pricing.basePrice`, and in lists by id or sku `variants.MUG-1.inventory.quantity`. `variants[]`
   * is the order of the variants, shown where it changed.
   */
  path: Scalars['String']['output'];
  /** What it was, as JSON: `1999`, `"Mug"`, `null`. Null (no JSON) where there was no such field. */
  before?: Maybe<Scalars['String']['output']>;
  /** What it is since, as JSON; null (no JSON) where the field is gone. */
  after?: Maybe<Scalars['String']['output']>;
  /** Whether a value is shown shortened; then a mark in it says what was cut. */
  isCut: Scalars['Boolean']['output'];
};

/** What a discount code gives. */
export type PromotionType =
  /** A part of the price of the goods it is for. */
  | 'PERCENTAGE'
  /** An amount off the goods it is for, all together. */
  | 'FIXED_AMOUNT'
  /** Shipping for nothing. */
  | 'FREE_SHIPPING';

/** A discount that shoppers get for a code. */
export type Promotion = {
  __typename?: 'Promotion';
  /** The promotion's id. */
  id: Scalars['ID']['output'];
  /** What shoppers type; case and the space around it do not matter. */
  code: Scalars['String']['output'];
  /** What it is for, for the staff. */
  description?: Maybe<Scalars['String']['output']>;
  /** What it gives. */
  type: PromotionType;
  /** How much: `15.5` per cent, or an amount of `currency`; 0 for free shipping. */
  value: Scalars['Decimal']['output'];
  /** The currency of its amounts. A fixed amount and a minimum are for carts in this currency. */
  currency: Scalars['Currency']['output'];
  /** From when on it can be used; null: since always. */
  startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Until when it can be used; null: for ever. */
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many orders may use it; null: any number. */
  usageLimit?: Maybe<Scalars['Int']['output']>;
  /** How many orders have used it; cancelled ones do not count. */
  usedCount: Scalars['Int']['output'];
  /** How many orders of one customer may use it; null: any number. */
  perCustomerLimit?: Maybe<Scalars['Int']['output']>;
  /** What the goods it is for must come to, before discounts; null: nothing. */
  minimumTotal?: Maybe<Money>;
  /** The products that it is for, by their ids. Where products, categories and tags are all empty, it is for all goods. */
  productIds: Array<Scalars['ID']['output']>;
  /** The categories whose goods it is for, and those below them, by their ids. */
  categoryIds: Array<Scalars['ID']['output']>;
  /** The tags whose goods it is for. */
  tags: Array<Scalars['String']['output']>;
  /** Whether it can be used together with others that can. */
  combinable: Scalars['Boolean']['output'];
  /** Whether it can be used at all. */
  isActive: Scalars['Boolean']['output'];
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of discount codes. */
export type PromotionConnection = {
  __typename?: 'PromotionConnection';
  /** The promotions. */
  nodes: Array<Promotion>;
  /** The promotions, each with its cursor. */
  edges: Array<PromotionEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** A promotion in a list. */
export type PromotionEdge = {
  __typename?: 'PromotionEdge';
  /** Where in the list it stands; give it as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The promotion. */
  node: Promotion;
};

/** What became of a promotion. */
export type PromotionPayload = {
  __typename?: 'PromotionPayload';
  /** The promotion as it is now; null when nothing was changed. */
  promotion?: Maybe<Promotion>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** A new discount code. */
export type PromotionCreateInput = {
  /** What shoppers type: 1 to 50 characters without spaces. */
  code: Scalars['String']['input'];
  /** What it is for, for the staff; at most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** What it gives. */
  type: PromotionType;
  /** How much: per cent with at most two decimals, or an amount of `currency`. Free shipping has none. */
  value?: InputMaybe<Scalars['Decimal']['input']>;
  /** The currency of its amounts; the shop's when absent. It stays. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** From when on it can be used; since always when absent. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when it can be used; for ever when absent. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many orders may use it; any number when absent. A code that is made without this limit can get none later. */
  usageLimit?: InputMaybe<Scalars['Int']['input']>;
  /** How many orders of one customer may use it, told by account and e-mail address; any number when absent. */
  perCustomerLimit?: InputMaybe<Scalars['Int']['input']>;
  /** What the goods it is for must come to, before discounts. */
  minimumTotal?: InputMaybe<Scalars['Decimal']['input']>;
  /** The products that it is for; at most 250. */
  productIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The categories whose goods it is for, and those below them; at most 250. */
  categoryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The tags whose goods it is for; at most 250. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it can be used together with others that can. */
  combinable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it can be used at all. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A change of a discount code: what is absent stays, null takes away. */
export type PromotionUpdateInput = {
  /** The promotion's id. */
  id: Scalars['ID']['input'];
  /** What shoppers type: 1 to 50 characters without spaces. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** What it is for, for the staff; at most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** What it gives; give the value with it. */
  type?: InputMaybe<PromotionType>;
  /** How much: per cent with at most two decimals, or an amount of its currency. Free shipping has none. */
  value?: InputMaybe<Scalars['Decimal']['input']>;
  /** From when on it can be used. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when it can be used. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many orders may use it. A code that was made without this limit can get none later: delete it and make it again. */
  usageLimit?: InputMaybe<Scalars['Int']['input']>;
  /** How many orders of one customer may use it, told by account and e-mail address. */
  perCustomerLimit?: InputMaybe<Scalars['Int']['input']>;
  /** What the goods it is for must come to, before discounts. */
  minimumTotal?: InputMaybe<Scalars['Decimal']['input']>;
  /** The products that it is for; at most 250. */
  productIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The categories whose goods it is for, and those below them; at most 250. */
  categoryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The tags whose goods it is for; at most 250. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it can be used together with others that can. */
  combinable?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it can be used at all. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which promotion goes. */
export type PromotionDeleteInput = {
  /** The promotion's id. */
  id: Scalars['ID']['input'];
  /** The version that this was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a cart. */
export type CartStatus =
  /** It can be changed and bought. */
  | 'OPEN'
  /** It was bought. */
  | 'CHECKED_OUT'
  /** It was given up. */
  | 'ABANDONED'
  /** What was in it is in another cart now. */
  | 'MERGED';

/**
 * Goods that somebody thinks of buying. Nothing is reserved by a cart, and nothing in it has a price of its own: all
 * amounts are worked out, each time they are asked for, from the products as they are then.
 */
export type Cart = {
  __typename?: 'Cart';
  /** The cart's id, which nobody can guess. Who has it can read and change the cart, unless it is somebody's own. */
  id: Scalars['ID']['output'];
  /** What became of it. */
  status: CartStatus;
  /** Whether it is the cart of somebody with an account. */
  isPersonal: Scalars['Boolean']['output'];
  /** What is in it, in the order in which it came in. */
  lines: Array<CartLine>;
  /** How many pieces are in it. */
  totalQuantity: Scalars['Int']['output'];
  /** The codes that were given, in their order. */
  discountCodes: Array<CartDiscountCode>;
  /** The currency of its amounts. */
  currency: Scalars['Currency']['output'];
  /** Who buys. */
  email?: Maybe<Scalars['String']['output']>;
  /** How the goods are sent; null until it is chosen, or when the shop no longer sends so. */
  shippingMethod?: Maybe<ShippingMethod>;
  /** How the shop could send these goods, at what price. */
  shippingMethods: Array<ShippingMethod>;
  /** Where the goods go. */
  shippingAddress?: Maybe<Address>;
  /** Where the bill goes; to the shipping address when null. */
  billingAddress?: Maybe<Address>;
  /** What it comes to. */
  totals: Totals;
  /** Whether some line has a warning. */
  hasWarnings: Scalars['Boolean']['output'];
  /** Goes up by one with each change; a change may say which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** When it goes, unless it is changed before. */
  expiresAt: Scalars['DateTime']['output'];
};

/** Some pieces of a variant in a cart. */
export type CartLine = {
  __typename?: 'CartLine';
  /** The line's id. */
  id: Scalars['ID']['output'];
  /** The product's name. */
  name: Scalars['String']['output'];
  /** The variant's sku. */
  sku: Scalars['String']['output'];
  /** The product's id. */
  productId: Scalars['ID']['output'];
  /** The variant's id. */
  variantId: Scalars['ID']['output'];
  /** The product as it is now; null when it is no longer sold. */
  product?: Maybe<Product>;
  /** The variant as it is now; null when it is no longer sold. */
  variant?: Maybe<ProductVariant>;
  /** How many pieces. */
  quantity: Scalars['Int']['output'];
  /** What one piece costs now, for this quantity and with the cart's codes; null when it is no longer sold. */
  unitPrice?: Maybe<Money>;
  /** All pieces at that price; nothing when it is no longer sold. */
  subtotal: Money;
  /** The line's share of the discounts of codes. */
  discount: Money;
  /** The tax on what is left, whether it is in the price or on top. */
  tax: Money;
  /** What the line adds to the cart's total. */
  total: Money;
  /** What to tell the buyer before they pay. */
  warnings: Array<CartLineWarning>;
  /** When it was first put into the cart. */
  addedAt: Scalars['DateTime']['output'];
};

/** What to tell the buyer of a line. */
export type CartWarningCode =
  /** A piece costs more or less than when it was put into the cart or its quantity was last set. cartLinesUpdate accepts it. */
  | 'PRICE_CHANGED'
  /** It is no longer sold; it does not count, and the cart cannot be bought with it. */
  | 'UNAVAILABLE'
  /** There is less of it than is wanted, and no more of it can be ordered. */
  | 'LOW_STOCK';

/** Something to tell the buyer of a line. */
export type CartLineWarning = {
  __typename?: 'CartLineWarning';
  /** What it is about. */
  code: CartWarningCode;
  /** The same in words, in English, for a developer. */
  message: Scalars['String']['output'];
  /** Of PRICE_CHANGED: what a piece was to cost, without codes. */
  was?: Maybe<Money>;
  /** Of PRICE_CHANGED: what a piece costs now, without codes. */
  now?: Maybe<Money>;
  /** Of LOW_STOCK: how many pieces there are. */
  available?: Maybe<Scalars['Int']['output']>;
};

/** Why a code does not count. */
export type DiscountCodeProblem =
  /** There is no such code. */
  | 'UNKNOWN'
  /** Its time has not come. */
  | 'NOT_STARTED'
  /** Its time is over. */
  | 'EXPIRED'
  /** As many orders as may have used it. */
  | 'USED_UP'
  /** This customer has used it as often as one may. */
  | 'USED_UP_BY_CUSTOMER'
  /** The goods it is for do not come to what they must. */
  | 'MINIMUM_NOT_REACHED'
  /** It cannot be used together with the ones before it. */
  | 'NOT_COMBINABLE'
  /** It is for other goods than these. */
  | 'OTHER_PRODUCTS'
  /** It is for carts in another currency. */
  | 'OTHER_CURRENCY';

/** A discount code in a cart. */
export type CartDiscountCode = {
  __typename?: 'CartDiscountCode';
  /** The code, as it was given. */
  code: Scalars['String']['output'];
  /** Whether it counts. */
  isApplied: Scalars['Boolean']['output'];
  /** What it takes off; nothing where it does not count. One that is part of a product's prices is in the unit prices. */
  amount: Money;
  /** Why it does not count; null when it does. */
  problem?: Maybe<DiscountCodeProblem>;
  /** The same in words, in English, for a developer. */
  message?: Maybe<Scalars['String']['output']>;
};

/** A way to send goods. */
export type ShippingMethod = {
  __typename?: 'ShippingMethod';
  /** Its id, for cartUpdate. */
  id: Scalars['ID']['output'];
  /** Its name, as buyers know it. */
  name: Scalars['String']['output'];
  /** What it costs, for the goods of this cart. */
  price: Money;
  /** From what value of the goods on, after discounts, it is free; null: never. */
  freeFrom?: Maybe<Money>;
};

/** What goods come to. Sums are exact: those of the lines and of shipping add up to them, to the last cent. */
export type Totals = {
  __typename?: 'Totals';
  /** The goods, before discounts of codes. */
  subtotal: Money;
  /** What codes take off the goods. */
  discount: Money;
  /** Shipping, after a code that makes it free. */
  shipping: Money;
  /** All taxes, on goods and shipping. */
  tax: Money;
  /** Whether the prices have the tax in them; else it comes on top. */
  taxIncluded: Scalars['Boolean']['output'];
  /** The taxes, rate by rate. */
  taxes: Array<TaxTotal>;
  /** What is to be paid: subtotal - discount + shipping, and the tax where it comes on top. */
  total: Money;
};

/** All that is taxed at one rate. */
export type TaxTotal = {
  __typename?: 'TaxTotal';
  /** The rate as a fraction: 0.19 is 19 %. */
  rate: Scalars['Float']['output'];
  /** Goods and shipping at this rate, without the tax. */
  net: Money;
  /** The tax. */
  tax: Money;
};

/** Where something goes. */
export type Address = {
  __typename?: 'Address';
  /** The name of a person, or of who takes it in. */
  name: Scalars['String']['output'];
  /** A company. */
  company?: Maybe<Scalars['String']['output']>;
  /** Street and number, or what stands for them. */
  line1: Scalars['String']['output'];
  /** What else helps to find it. */
  line2?: Maybe<Scalars['String']['output']>;
  /** The town. */
  city: Scalars['String']['output'];
  /** The state, province or county, where addresses name one. */
  region?: Maybe<Scalars['String']['output']>;
  /** The postal code, where there is one. */
  postalCode?: Maybe<Scalars['String']['output']>;
  /** The country, by its ISO 3166 code of two letters: `DE`. */
  country: Scalars['String']['output'];
  /** A telephone number, for who delivers. */
  phone?: Maybe<Scalars['String']['output']>;
};

/** Where something goes. Each text has at most 200 characters and one line. */
export type AddressInput = {
  /** The name of a person, or of who takes it in. */
  name: Scalars['String']['input'];
  /** A company. */
  company?: InputMaybe<Scalars['String']['input']>;
  /** Street and number, or what stands for them. */
  line1: Scalars['String']['input'];
  /** What else helps to find it. */
  line2?: InputMaybe<Scalars['String']['input']>;
  /** The town. */
  city: Scalars['String']['input'];
  /** The state, province or county, where addresses name one. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** The postal code, where there is one. */
  postalCode?: InputMaybe<Scalars['String']['input']>;
  /** The country, by its ISO 3166 code of two letters: `DE`. */
  country: Scalars['String']['input'];
  /** A telephone number, for who delivers. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a cart. */
export type CartPayload = {
  __typename?: 'CartPayload';
  /** The cart as it is now; null when nothing was changed. */
  cart?: Maybe<Cart>;
  /** Of cartMerge: what became of each line of the source; null for other changes. */
  merge?: Maybe<Array<CartMergeLine>>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** What counts where both carts have a variant. */
export type CartMergeMode =
  /** Both: the quantities are added. */
  | 'KEEP_BOTH'
  /** The target's quantity. */
  | 'PREFER_TARGET'
  /** The source's quantity. */
  | 'PREFER_SOURCE';

/** What became of a line when its cart was merged into another. */
export type CartMergeOutcome =
  /** It is in the target now, which had none of this variant. */
  | 'ADDED'
  /** The target had some of this variant: `quantity` is what it has now. */
  | 'MERGED'
  /** It is not in the target: `reason` says why. */
  | 'DROPPED';

/** Why a line was not taken over, or not with all of its pieces. */
export type CartMergeReason =
  /** It is no longer sold. */
  | 'UNAVAILABLE'
  /** Its prices are in another currency than the target. */
  | 'OTHER_CURRENCY'
  /** The target has as many lines as a cart may have. */
  | 'CART_FULL'
  /** The target has as many pieces of it as a cart may have. */
  | 'QUANTITY_LIMIT';

/** What became of one line of the source. */
export type CartMergeLine = {
  __typename?: 'CartMergeLine';
  /** The product's name. */
  name: Scalars['String']['output'];
  /** The variant's sku. */
  sku: Scalars['String']['output'];
  /** How many pieces the source had. */
  wanted: Scalars['Int']['output'];
  /** How many pieces the target has now. */
  quantity: Scalars['Int']['output'];
  /** What was done. */
  outcome: CartMergeOutcome;
  /** Why it was dropped, or not added with all of its pieces; null when neither. */
  reason?: Maybe<CartMergeReason>;
};

/**
 * Some pieces of a variant. Name it by its sku, or by the ids of its product and of itself; a product with one variant
 * needs no more than its own id or sku.
 */
export type CartLineInput = {
  /** The variant's sku, or the product's. */
  sku?: InputMaybe<Scalars['String']['input']>;
  /** The product's id. */
  productId?: InputMaybe<Scalars['ID']['input']>;
  /** The variant's id, beside the product's. */
  variantId?: InputMaybe<Scalars['ID']['input']>;
  /** How many pieces, 1 to 10,000. */
  quantity?: Scalars['Int']['input'];
};

/** A new cart. */
export type CartCreateInput = {
  /** What is in it from the start; at most 200. */
  lines?: InputMaybe<Array<CartLineInput>>;
  /** Discount codes; at most 10. */
  discountCodes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Who buys. */
  email?: InputMaybe<Scalars['EmailAddress']['input']>;
  /** The currency of the prices that it is for; the shop's when absent. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. Without an account it has 16 characters or more, as a UUID has: others could guess a shorter one, and would be answered this cart. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What goes into a cart. */
export type CartLinesAddInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** What goes into it; a cart has at most 200 lines, and 10,000 pieces of a variant. */
  lines: Array<CartLineInput>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What a line of a cart becomes. */
export type CartLineUpdateInput = {
  /** The line's id. */
  lineId: Scalars['ID']['input'];
  /** How many pieces, 0 to 10,000; 0 takes the line out. */
  quantity: Scalars['Int']['input'];
};

/** How many a cart has of what is in it. */
export type CartLinesUpdateInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** Lines and their quantities. */
  lines: Array<CartLineUpdateInput>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What goes out of a cart. */
export type CartLinesRemoveInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** The lines' ids. */
  lineIds: Array<Scalars['ID']['input']>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The discount codes of a cart. */
export type CartDiscountCodesSetInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** All of its codes, at most 10; the earlier one counts where two cannot be combined. */
  codes: Array<Scalars['String']['input']>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Who buys, and where and how the goods are sent: what is absent stays, null takes away. */
export type CartUpdateInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** Who buys. */
  email?: InputMaybe<Scalars['EmailAddress']['input']>;
  /** One of the cart's shippingMethods. */
  shippingMethodId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the goods go. */
  shippingAddress?: InputMaybe<AddressInput>;
  /** Where the bill goes; to the shipping address when there is none. */
  billingAddress?: InputMaybe<AddressInput>;
  /** The version that the change was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Two carts of which one comes. */
export type CartMergeInput = {
  /** The cart that is emptied into the other. */
  sourceId: Scalars['ID']['input'];
  /** The cart that it goes into; when absent, that of who is signed in. If they have none, the source becomes theirs. */
  targetId?: InputMaybe<Scalars['ID']['input']>;
  /** What counts where both have a variant. */
  mode?: InputMaybe<CartMergeMode>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which cart is given up. */
export type CartAbandonInput = {
  /** The cart's id. */
  cartId: Scalars['ID']['input'];
  /** The version that this was decided on; refused when there is another by now. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A way to pay that a storefront may offer. */
export type PaymentMethod = {
  __typename?: 'PaymentMethod';
  /** What `orderPay` is told: `stripe`, `test`. */
  provider: Scalars['String']['output'];
  /** What the provider's own script in the storefront needs; null where it needs nothing. */
  publishableKey?: Maybe<Scalars['String']['output']>;
};

/** Where a payment stands. */
export type PaymentState =
  /** Not decided yet: the buyer has to confirm it, or the provider's answer is not known. */
  | 'PENDING'
  /** The money is held, and not taken yet. */
  | 'AUTHORIZED'
  /** The money is taken. */
  | 'CAPTURED'
  /** It did not come about; the order can be paid by another. */
  | 'DECLINED'
  /** It was let go of before any money was taken. */
  | 'VOIDED';

/** One try to pay an order. Who may see the order may see it. */
export type Payment = {
  __typename?: 'Payment';
  /** Its id, by which the provider knows it as well. */
  id: Scalars['ID']['output'];
  /** At whom it is paid: `stripe`, `test`, `manual`. */
  provider: Scalars['String']['output'];
  /** Where it stands. */
  state: PaymentState;
  /** How much was to be paid. */
  amount: Money;
  /** Why it was declined. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Where the buyer has to go to confirm it; null when there is nothing to confirm. */
  confirmUrl?: Maybe<Scalars['URL']['output']>;
  /** With which the provider's script in the storefront goes on with it; null when there is nothing to go on with. */
  clientSecret?: Maybe<Scalars['String']['output']>;
  /** When it was begun. */
  createdAt: Scalars['DateTime']['output'];
};

/** With what a shop takes money at a provider. */
export type PaymentAccount = {
  __typename?: 'PaymentAccount';
  /** The account's id. */
  id: Scalars['ID']['output'];
  /** At whom: `stripe` or `test`. */
  provider: Scalars['String']['output'];
  /** What the storefront's own script needs; no secret. */
  publishableKey?: Maybe<Scalars['String']['output']>;
  /** The last four characters of the secret key; null where there is none. */
  secretKeyEnd?: Maybe<Scalars['String']['output']>;
  /** The last four characters of what notices are signed with; null where there is none. */
  noticeSecretEnd?: Maybe<Scalars['String']['output']>;
  /** Where the provider has to send its notices (webhooks). */
  noticeUrl: Scalars['URL']['output'];
  /** Whether money is taken when an order is paid; else it is held, and taken when the order is sent or captured. */
  captureAtOnce: Scalars['Boolean']['output'];
  /** Sites that buyers may come back to from their bank; any when there are none. */
  returnOrigins: Array<Scalars['String']['output']>;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was opened. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};

/** An account, as it is after the change; of one that was taken away, as it was. */
export type PaymentAccountPayload = {
  __typename?: 'PaymentAccountPayload';
  /** The account; null when nothing was done. */
  paymentAccount?: Maybe<PaymentAccount>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** An account at a provider: what is absent stays as it is. */
export type PaymentAccountSetInput = {
  /** At whom: `stripe` or `test`. */
  provider: Scalars['String']['input'];
  /** What the storefront's own script needs: at Stripe `pk_…`; null for none. */
  publishableKey?: InputMaybe<Scalars['String']['input']>;
  /** The secret key: at Stripe `sk_…` or a restricted `rk_…`. It is stored encrypted and never shown again. */
  secretKey?: InputMaybe<Scalars['String']['input']>;
  /** What the provider signs its notices with: at Stripe `whsec_…`. It is stored encrypted and never shown again; null for none. */
  noticeSecret?: InputMaybe<Scalars['String']['input']>;
  /** Whether money is taken when an order is paid (so it is when this was never said); else it is held, and taken when the order is sent or captured. */
  captureAtOnce?: InputMaybe<Scalars['Boolean']['input']>;
  /** Sites that buyers may come back to from their bank, such as `https://shop.example`; any when there are none. */
  returnOrigins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The version that the change is made for, 0 for an account that is not there yet; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which account to take away. */
export type PaymentAccountRemoveInput = {
  /** At whom: `stripe` or `test`. */
  provider: Scalars['String']['input'];
  /** The version that it is meant to have; without it, it is taken away in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** How far an order is. */
export type OrderStatus =
  /** It was made, and is not paid. */
  | 'PLACED'
  /** It is paid, and nothing was sent. */
  | 'PAID'
  /** Some of it was sent. */
  | 'PARTIALLY_FULFILLED'
  /** All of it was sent. */
  | 'FULFILLED'
  /** It is done. */
  | 'COMPLETED'
  /** It was cancelled before anything was sent. */
  | 'CANCELLED'
  /** All of its money went back. */
  | 'REFUNDED';

/** Where the money of an order is. */
export type PaymentStatus =
  /** Nothing was paid. */
  | 'UNPAID'
  /** A payment is under way, and how it ends is not known yet. */
  | 'PENDING'
  /** The money is held for the shop, and not taken yet. */
  | 'AUTHORIZED'
  /** It is paid. */
  | 'PAID'
  /** Some of the money went back. */
  | 'PARTIALLY_REFUNDED'
  /** All of the money went back. */
  | 'REFUNDED'
  /** The money that was held was let go. */
  | 'VOIDED';

/** What somebody bought, as it was when they did: nothing that happens to a product, a price or an address later changes it. */
export type Order = {
  __typename?: 'Order';
  /** The order's id. */
  id: Scalars['ID']['output'];
  /** Its number, for people: unique in the shop. A gap in the numbers means nothing. */
  number: Scalars['String']['output'];
  /** How far it is. */
  status: OrderStatus;
  /** Where its money is. */
  paymentStatus: PaymentStatus;
  /** What can be done with it as it is, by who may. */
  actions: Array<OrderAction>;
  /** Who bought; null once the person was forgotten. */
  email?: Maybe<Scalars['String']['output']>;
  /** The currency of its amounts. */
  currency: Scalars['Currency']['output'];
  /** What was bought. */
  lines: Array<OrderLine>;
  /** How many pieces were bought. */
  totalQuantity: Scalars['Int']['output'];
  /** What it came to. */
  totals: Totals;
  /** What was paid. */
  paid: Money;
  /** What went back, or is on its way back. */
  refunded: Money;
  /** The codes that were used. */
  discountCodes: Array<OrderDiscountCode>;
  /** The name of the way in which it is sent. */
  shippingMethod?: Maybe<Scalars['String']['output']>;
  /** Where it goes; null once the person was forgotten. */
  shippingAddress?: Maybe<Address>;
  /** Where the bill goes; to the shipping address when null. */
  billingAddress?: Maybe<Address>;
  /** The buyer's own words to the shop. */
  note?: Maybe<Scalars['String']['output']>;
  /** What was sent. */
  fulfillments: Array<Fulfillment>;
  /** What went back, and what is on its way. */
  refunds: Array<Refund>;
  /** Why it was cancelled. */
  cancelReason?: Maybe<Scalars['String']['output']>;
  /** When it was made. */
  placedAt: Scalars['DateTime']['output'];
  /** Until when it has to be paid; null when it costs nothing. */
  payBy?: Maybe<Scalars['DateTime']['output']>;
  /** When all of it was paid. */
  paidAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the last of it was sent. */
  fulfilledAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was done. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was cancelled. */
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Goes up by one with each thing that happens to it; a change may say which version it was made for. */
  version: Scalars['Int']['output'];
  /** All that happened to it, oldest first. */
  history: Array<OrderEvent>;
  /** The payment that is under way or has succeeded. */
  payment?: Maybe<Payment>;
  /** All tries to pay it, newest first. */
  payments: Array<Payment>;
};

/** What can be done with an order. */
export type OrderAction =
  /** It can be paid. */
  | 'PAY'
  /** Goods of it can be sent: orderFulfill. */
  | 'FULFILL'
  /** It can be closed: orderComplete. */
  | 'COMPLETE'
  /** It can be cancelled: orderCancel. */
  | 'CANCEL'
  /** Money of it can go back. */
  | 'REFUND'
  /** Pieces of it can come back: orderReturn. */
  | 'RETURN';

/** Some pieces of a variant in an order. */
export type OrderLine = {
  __typename?: 'OrderLine';
  /** The line's id, the same as it was in the cart. */
  id: Scalars['ID']['output'];
  /** The product's name when it was bought. */
  name: Scalars['String']['output'];
  /** The variant's sku when it was bought. */
  sku: Scalars['String']['output'];
  /** The product's id, which may be gone. */
  productId: Scalars['ID']['output'];
  /** The variant's id, which may be gone. */
  variantId: Scalars['ID']['output'];
  /** The product as it is now; null when it is gone or no longer shown. */
  product?: Maybe<Product>;
  /** What the variant was, such as colour and size. */
  attributes: Array<Attribute>;
  /** A picture of it. */
  imageUrl?: Maybe<Scalars['URL']['output']>;
  /** How many were bought. */
  quantity: Scalars['Int']['output'];
  /** Whether it was bought before it was there. */
  isBackordered: Scalars['Boolean']['output'];
  /** What a piece cost. */
  unitPrice: Money;
  /** The pieces, before discounts of codes. */
  subtotal: Money;
  /** What codes took off. */
  discount: Money;
  /** The rate of tax as a fraction: 0.19 is 19 %. */
  taxRate: Scalars['Float']['output'];
  /** The tax. */
  tax: Money;
  /** What the line added to the total. */
  total: Money;
  /** Pieces still to be sent. */
  openQuantity: Scalars['Int']['output'];
  /** Pieces that were sent. */
  fulfilledQuantity: Scalars['Int']['output'];
  /** Pieces that will not be sent. */
  cancelledQuantity: Scalars['Int']['output'];
  /** Pieces that were sent and came back. */
  returnedQuantity: Scalars['Int']['output'];
};

/** A code that an order used. */
export type OrderDiscountCode = {
  __typename?: 'OrderDiscountCode';
  /** The code. */
  code: Scalars['String']['output'];
  /** What it took off, on goods and shipping. */
  amount: Money;
};

/** Some pieces of a line. */
export type LinePieces = {
  __typename?: 'LinePieces';
  /** The line's id. */
  lineId: Scalars['ID']['output'];
  /** How many. */
  quantity: Scalars['Int']['output'];
};

/** One parcel. */
export type Fulfillment = {
  __typename?: 'Fulfillment';
  /** The parcel's id. */
  id: Scalars['ID']['output'];
  /** What is in it. */
  lines: Array<LinePieces>;
  /** Who carries it. */
  carrier?: Maybe<Scalars['String']['output']>;
  /** By what the carrier knows it. */
  trackingNumber?: Maybe<Scalars['String']['output']>;
  /** A page that says where it is. */
  trackingUrl?: Maybe<Scalars['URL']['output']>;
  /** When it was sent. */
  at: Scalars['DateTime']['output'];
};

/** How far a refund is. */
export type RefundStatus =
  /** It is on its way. */
  | 'PENDING'
  /** The money went back. */
  | 'SUCCEEDED'
  /** The provider did not take it: the money is still with the shop. */
  | 'FAILED';

/** Money that goes back. */
export type Refund = {
  __typename?: 'Refund';
  /** The refund's id. */
  id: Scalars['ID']['output'];
  /** How much. */
  amount: Money;
  /** For which pieces; none for an amount alone. */
  lines: Array<LinePieces>;
  /** Whether those pieces are for sale again. */
  restock: Scalars['Boolean']['output'];
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** How far it is. */
  status: RefundStatus;
  /** When it was begun. */
  at: Scalars['DateTime']['output'];
};

/** The kinds of things that happen to an order. */
export type OrderEventType =
  /** It was made. */
  | 'PLACED'
  /** A payment was begun. */
  | 'PAYMENT_STARTED'
  /** A payment was declined. */
  | 'PAYMENT_DECLINED'
  /** Money is held. */
  | 'PAYMENT_AUTHORIZED'
  /** Money that was held was let go. */
  | 'PAYMENT_VOIDED'
  /** Money was taken. */
  | 'PAID'
  /** Goods were sent. */
  | 'FULFILLED'
  /** It was closed. */
  | 'COMPLETED'
  /** It was cancelled. */
  | 'CANCELLED'
  /** A refund was begun. */
  | 'REFUND_STARTED'
  /** Money went back. */
  | 'REFUND_SUCCEEDED'
  /** A refund came to nothing. */
  | 'REFUND_FAILED'
  /** Pieces came back. */
  | 'RETURNED'
  /** The staff wrote a note. */
  | 'NOTED'
  /** The person was forgotten. */
  | 'ANONYMISED';

/** One thing that happened to an order. */
export type OrderEvent = {
  __typename?: 'OrderEvent';
  /** Which of the order's events it is, from 1 on; the order's version after it. */
  seq: Scalars['Int']['output'];
  /** What kind of thing it is. */
  type: OrderEventType;
  /** What happened, in English. */
  text: Scalars['String']['output'];
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who did it: the id of a person or of a key; null for somebody unknown, and for what happens by itself. */
  actor?: Maybe<Scalars['String']['output']>;
  /** The particulars; amounts are in the currency's minor unit. */
  data: Scalars['JSONObject']['output'];
};

/** Which orders. */
export type OrderFilter = {
  /** In one of these states. */
  status?: InputMaybe<Array<OrderStatus>>;
  /** With their money in one of these states. */
  paymentStatus?: InputMaybe<Array<PaymentStatus>>;
  /** With this number. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Of who bought with this e-mail address, however it is written. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Of this person. */
  userId?: InputMaybe<Scalars['ID']['input']>;
  /** Made at this moment or later. */
  placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Made before this moment. */
  placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A page of orders. */
export type OrderConnection = {
  __typename?: 'OrderConnection';
  /** The orders of the page with their cursors. */
  edges: Array<OrderEdge>;
  /** The orders of the page. */
  nodes: Array<Order>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
  /** How many there are in all, counted up to 10,000; worked out only when asked for. */
  totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` is all there are; false where there are more than were counted. */
  totalCountIsExact: Scalars['Boolean']['output'];
};

/** An order in a page. */
export type OrderEdge = {
  __typename?: 'OrderEdge';
  /** Its place in the list, for `after` and `before`. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** An order after a change. */
export type OrderPayload = {
  __typename?: 'OrderPayload';
  /** The order as it is now; null when nothing was changed. */
  order?: Maybe<Order>;
  /** Of checkoutComplete: with it somebody without an account may read the order, pay it and cancel it. Keep it as a secret. */
  accessToken?: Maybe<Scalars['String']['output']>;
  /** Why nothing was changed; empty when all went well. */
  userErrors: Array<UserError>;
};

/** What is bought. What is absent is as it stands in the cart. */
export type CheckoutCompleteInput = {
  /** The cart. */
  cartId: Scalars['ID']['input'];
  /** Who buys; the address of the account when neither this nor the cart says it. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Where it is sent; needed where the shop has ways to send. */
  shippingAddress?: InputMaybe<AddressInput>;
  /** Where the bill goes. */
  billingAddress?: InputMaybe<AddressInput>;
  /** How it is sent; needed where the shop has ways to send. */
  shippingMethodId?: InputMaybe<Scalars['ID']['input']>;
  /** The total that the buyer was shown: when it comes to another one, nothing is bought (ILLEGAL_STATE, `TOTAL_CHANGED`). */
  expectedTotal?: InputMaybe<Scalars['Decimal']['input']>;
  /** The cart's version that the buyer was shown: when it is another one, nothing is bought. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Pieces that the caller has kept by inventoryReserve: exactly those of the cart. */
  reservationId?: InputMaybe<Scalars['ID']['input']>;
  /** The buyer's own words to the shop; at most 1,000 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An order to cancel. */
export type OrderCancelInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** For somebody without an account. */
  accessToken?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the people who read it; at most 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Some pieces of a line. */
export type LinePiecesInput = {
  /** The line's id. */
  lineId: Scalars['ID']['input'];
  /** How many; at least 1. */
  quantity: Scalars['Int']['input'];
};

/** A parcel. */
export type OrderFulfillInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** What is in it; all that is still to be sent when absent. */
  lines?: InputMaybe<Array<LinePiecesInput>>;
  /** Who carries it; at most 100 characters. */
  carrier?: InputMaybe<Scalars['String']['input']>;
  /** By what the carrier knows it; at most 100 characters. */
  trackingNumber?: InputMaybe<Scalars['String']['input']>;
  /** A page that says where it is. */
  trackingUrl?: InputMaybe<Scalars['URL']['input']>;
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An order to close. */
export type OrderCompleteInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Pieces that came back. */
export type OrderReturnInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** Which pieces. */
  lines: Array<LinePiecesInput>;
  /** Whether they are for sale again. */
  restock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Why they came back; at most 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Something to write into an order's history. */
export type OrderNoteAddInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** The note; 1 to 2,000 characters. */
  text: Scalars['String']['input'];
  /** Makes the call repeatable: the same key with the same input answers what the first call answered. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** With what an order is paid. */
export type OrderPayInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** One of the shop's paymentMethods; may be absent where there is one only. `manual` is for staff (`orders:write`) who have received the money elsewhere. */
  provider?: InputMaybe<Scalars['String']['input']>;
  /** What the provider's own form in the storefront made of the card or the account, never a card number. For `manual`: where the money is to be found, such as a receipt's number. */
  token: Scalars['String']['input'];
  /** For somebody without an account: what checkoutComplete answered. */
  accessToken?: InputMaybe<Scalars['String']['input']>;
  /** Where the buyer comes back to from the bank, over https. */
  returnUrl?: InputMaybe<Scalars['URL']['input']>;
  /** Makes the call repeatable: the same key with the same input is one payment, and answers the order as it is by then. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** An order whose money is held. */
export type OrderCaptureInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input is one call, and answers the order as it is by then. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Money that goes back. */
export type OrderRefundInput = {
  /** The order's id. */
  orderId: Scalars['ID']['input'];
  /** For which pieces; what they come to goes back, unless an amount is named. */
  lines?: InputMaybe<Array<LinePiecesInput>>;
  /** How much, whatever the pieces come to. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Whether what the shipping came to goes back too; nothing to an amount that is named. */
  shipping?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether the pieces are for sale again; of those that were sent, it means that they came back. */
  restock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Why, for the people who read it; at most 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The order's version that this was decided on. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the call repeatable: the same key with the same input is one refund, and answers the order as it is by then. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Somebody is being forgotten, or was. It says nothing of who it was. */
export type Erasure = {
  __typename?: 'Erasure';
  /** The erasure's id. */
  id: Scalars['ID']['output'];
  /** When it was asked for; an account is closed from then on. */
  requestedAt: Scalars['DateTime']['output'];
  /** When all was erased, a minute or so later; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** In how many orders the person was forgotten so far. */
  orders: Scalars['Int']['output'];
  /** In how many reviews the person was forgotten so far. */
  reviews: Scalars['Int']['output'];
};

/** An erasure that has begun. */
export type ErasurePayload = {
  __typename?: 'ErasurePayload';
  /** The erasure; null when nothing was done. */
  erasure?: Maybe<Erasure>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** One's own account is erased. */
export type AccountEraseInput = {
  /** The password of the account. */
  password: Scalars['String']['input'];
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Somebody is erased. */
export type CustomerEraseInput = {
  /** The account; absent for somebody who bought without one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** The e-mail address: the account's, so that nobody else is erased by mistake, or the one of the orders. */
  email: Scalars['EmailAddress']['input'];
  /** Whether orders that still wait for money or goods are no reason to wait: they can no longer be sent then. */
  evenWithOpenOrders?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The active products of one category in one currency. A product counts once, however many variants it has. */
export type CategoryAnalytics = {
  __typename?: 'CategoryAnalytics';
  /** The category that the products are in. */
  category: Category;
  /** The currency of the amounts. */
  currency: Scalars['Currency']['output'];
  /** How many products there are. */
  productCount: Scalars['Int']['output'];
  /** How many variants they have. */
  variantCount: Scalars['Int']['output'];
  /** How many pieces there are in all. */
  totalInventory: Scalars['Int']['output'];
  /** How many of them are promised to somebody. */
  reservedInventory: Scalars['Int']['output'];
  /** All pieces at their base price. */
  inventoryValue: Money;
  /** The average of the products' base prices. */
  avgPrice: Money;
  /** The lowest base price. */
  minPrice: Money;
  /** The highest base price. */
  maxPrice: Money;
  /** Lowest to highest base price, written out: `$49.99 - $99.99`. */
  priceRange: Scalars['String']['output'];
  /** How many published reviews the products have. */
  reviewCount: Scalars['Int']['output'];
  /** The average of all those ratings; null where there are none. */
  averageRating?: Maybe<Scalars['Float']['output']>;
};

/** How much of a product was sold. */
export type ProductSales = {
  __typename?: 'ProductSales';
  /** The product; null when it was deleted. */
  product?: Maybe<Product>;
  /** The id of the product, also when it was deleted. */
  productId: Scalars['ID']['output'];
  /** How many pieces were sold in those days, without those that were cancelled or came back. */
  pieces: Scalars['Int']['output'];
};

/** What was sold on one UTC day, in the shop's currency. */
export type SalesAnalytics = {
  __typename?: 'SalesAnalytics';
  /** The day. */
  date: Scalars['Date']['output'];
  /** How many orders were paid on it. */
  orders: Scalars['Int']['output'];
  /** How many pieces those orders are of, those included that were given back later. */
  unitsSold: Scalars['Int']['output'];
  /** What was paid for them: goods, shipping and tax, before anything went back. */
  grossRevenue: Money;
  /** What went back to buyers on this day, whenever they had bought. */
  refunds: Money;
  /** What an order paid on this day came to; null where there was none. */
  averageOrderValue?: Maybe<Money>;
};

/** What was added to the catalogue on one UTC day, in the shop's currency. */
export type ProductAnalytics = {
  __typename?: 'ProductAnalytics';
  /** The day. */
  date: Scalars['Date']['output'];
  /** How many products were made on it. */
  productsCreated: Scalars['Int']['output'];
  /** The average of their base prices; null where none was made. */
  avgPrice?: Maybe<Money>;
  /** How many pieces of them there are. */
  totalInventory: Scalars['Int']['output'];
  /** Those pieces at their base price. */
  inventoryValue: Money;
};

/** What a webhook can be told of. The name in a delivery is in brackets. */
export type WebhookEvent =
  /** Staff made, changed, deleted or brought back a product (`product.changed`). Variables: $id, $productId. */
  | 'PRODUCT_CHANGED'
  /** A category was made, changed or deleted (`category.changed`). Variables: $id, $categoryId. */
  | 'CATEGORY_CHANGED'
  /** The stock of a variant changed (`inventory.changed`). Variables: $id and $productId of the product, $variantId, $sku. */
  | 'INVENTORY_CHANGED'
  /** What can be bought of a variant fell to the shop's threshold (`inventory.low`). Variables: $id and $productId of the product, $variantId, $sku. */
  | 'INVENTORY_LOW'
  /** A review was submitted, changed or moderated (`review.changed`). Variables: $id and $productId of the product, $reviewId. */
  | 'REVIEW_CHANGED'
  /** A promotion was made, changed or deleted (`promotion.changed`). Variables: $id, $promotionId. */
  | 'PROMOTION_CHANGED'
  /** An order was placed (`order.placed`). Variables of all events of orders: $id, $orderId, $number. */
  | 'ORDER_PLACED'
  /** A payment of an order was begun (`order.paymentStarted`). */
  | 'ORDER_PAYMENT_STARTED'
  /** A payment of an order did not come about (`order.paymentDeclined`). */
  | 'ORDER_PAYMENT_DECLINED'
  /** The money for an order is held (`order.paymentAuthorized`). */
  | 'ORDER_PAYMENT_AUTHORIZED'
  /** Money that was held for an order was let go of (`order.paymentVoided`). */
  | 'ORDER_PAYMENT_VOIDED'
  /** An order was paid (`order.paid`). */
  | 'ORDER_PAID'
  /** A parcel of an order was sent (`order.fulfilled`). */
  | 'ORDER_FULFILLED'
  /** An order is done (`order.completed`). */
  | 'ORDER_COMPLETED'
  /** An order was cancelled (`order.cancelled`). */
  | 'ORDER_CANCELLED'
  /** Money of an order is on its way back (`order.refundStarted`). */
  | 'ORDER_REFUND_STARTED'
  /** Money of an order was sent back (`order.refundSucceeded`). */
  | 'ORDER_REFUND_SUCCEEDED'
  /** Money of an order could not be sent back (`order.refundFailed`). */
  | 'ORDER_REFUND_FAILED'
  /** Pieces of an order came back (`order.returned`). */
  | 'ORDER_RETURNED'
  /** Something was noted about an order (`order.noted`). */
  | 'ORDER_NOTED'
  /** The person behind an order was forgotten (`order.anonymised`). */
  | 'ORDER_ANONYMISED';

/** Where the shop's events are sent, and what is told of them. */
export type Webhook = {
  __typename?: 'Webhook';
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Its name, for people. */
  name: Scalars['String']['output'];
  /** Where it posts to. */
  url: Scalars['URL']['output'];
  /** What it is told of. */
  events: Array<WebhookEvent>;
  /** The query that makes the data of a delivery; null for the event's own data. */
  query?: Maybe<Scalars['String']['output']>;
  /** What the query may read. */
  scopes: Array<Scalars['String']['output']>;
  /** Whether it is told of new events; those of before go on waiting while it is not. */
  isActive: Scalars['Boolean']['output'];
  /** Since when nothing is sent, because too much had failed; events go on being kept for it. Null when it is not paused. */
  pausedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is paused. */
  pauseReason?: Maybe<WebhookPauseReason>;
  /** How many secrets deliveries are signed with: two during a rotation. */
  secretsInUse: Scalars['Int']['output'];
  /** Whether the secrets are stored encrypted; they are not where the API runs without SECRETS_KEY, which production refuses. */
  secretsAreSealed: Scalars['Boolean']['output'];
  /** What was sent and what waits, the latest first. */
  deliveries: WebhookDeliveryConnection;
  /** Goes up by one with each change; an update says which version it was made for. */
  version: Scalars['Int']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** Where the shop's events are sent, and what is told of them. */
export type WebhookDeliveriesArgs = {
  status?: InputMaybe<WebhookDeliveryStatus>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** Why a webhook is paused. */
export type WebhookPauseReason =
  /** Twenty events one after the other were given up. */
  | 'DEAD_IN_A_ROW'
  /** Nothing could be delivered for 24 hours. */
  | 'FAILING_FOR_LONG'
  /** The receiver answered 410: it wants nothing any more. */
  | 'GONE'
  /** The person who set it up may not read any more what it sends. */
  | 'NOT_PERMITTED';

/** Where a delivery stands. */
export type WebhookDeliveryStatus =
  /** It waits: for its first try, for the next one, or behind an earlier event of the same record. */
  | 'PENDING'
  /** The receiver answered 2xx. */
  | 'DELIVERED'
  /** It was given up after eight tries; webhookDeliveryReplay starts it anew. */
  | 'DEAD';

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  __typename?: 'WebhookDeliveryConnection';
  /** The deliveries. */
  nodes: Array<WebhookDelivery>;
  /** The deliveries, each with its cursor. */
  edges: Array<WebhookDeliveryEdge>;
  /** Where the page begins and ends. */
  pageInfo: PageInfo;
};

/** A delivery in a list. */
export type WebhookDeliveryEdge = {
  __typename?: 'WebhookDeliveryEdge';
  /** Where in the list it stands; give it as `after`. */
  cursor: Scalars['String']['output'];
  /** The delivery. */
  node: WebhookDelivery;
};

/** One event for one webhook; kept for 35 days. */
export type WebhookDelivery = {
  __typename?: 'WebhookDelivery';
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The event's id, the same at each try and each replay: header `souk-event-id`. */
  eventId: Scalars['ID']['output'];
  /** What happened; null for an event that webhooks are not told of any more. */
  event?: Maybe<WebhookEvent>;
  /** As the delivery names it: `product.changed`. */
  type: Scalars['String']['output'];
  /** What it happened to: `product:65…`. */
  subject: Scalars['String']['output'];
  /** The event's own data. */
  data: Scalars['JSONObject']['output'];
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** Where the delivery stands. */
  status: WebhookDeliveryStatus;
  /** How often it was tried: eight times at most, within four hours. */
  attempts: Scalars['Int']['output'];
  /** The HTTP status of the last answer; null where there was none. */
  responseStatus?: Maybe<Scalars['Int']['output']>;
  /** The beginning of the last answer, up to 1 kB. */
  responseBody?: Maybe<Scalars['String']['output']>;
  /** Why the last try failed. */
  error?: Maybe<Scalars['String']['output']>;
  /** When it was last tried. */
  triedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it is tried next, at the earliest; null when it is not. */
  nextTryAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it arrived. */
  deliveredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A new webhook. */
export type WebhookCreateInput = {
  /** What to call it; the host of its address when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Where to post to: https, port 443 or 8443, a public address. Outside production also http://localhost. */
  url: Scalars['String']['input'];
  /** What to be told of. */
  events: Array<WebhookEvent>;
  /**
   * A GraphQL query for the data, run when the event is delivered, with the webhook's scopes and the event's variables:
   * `query($id: ID!) { product(id: $id) { name } }`. Without it, the event's own data is sent.
   */
  query?: InputMaybe<Scalars['String']['input']>;
  /** What the query may read, no more than you may; what its events need when absent. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it begins at once; yes when absent. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What is to be different about a webhook. */
export type WebhookUpdateInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** What to call it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Where to post to; also what waits goes there. */
  url?: InputMaybe<Scalars['String']['input']>;
  /** What to be told of. */
  events?: InputMaybe<Array<WebhookEvent>>;
  /** The query for the data; null for the event's own. */
  query?: InputMaybe<Scalars['String']['input']>;
  /** What the query may read. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it is told of new events. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version that the change is made for; without it, the change is made in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which webhook to take away. */
export type WebhookDeleteInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** The version that it is meant to have; without it, it is taken away in any case. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which webhook is to have a second secret. */
export type WebhookSecretRotateInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** The version that it is meant to have. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Of which webhook the older secret is taken away. */
export type WebhookSecretRetireInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** The version that it is meant to have. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** Which webhook is to send again. */
export type WebhookResumeInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** Whether to deliver also what was given up, the oldest 1,000; no when absent. */
  replayDead?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What to try out. */
export type WebhookTestInput = {
  /** Which webhook. */
  id: Scalars['ID']['input'];
  /** The last event of this kind; of any that it is told of when absent. */
  event?: InputMaybe<WebhookEvent>;
  /** Make an event up about the record with this id; so it is done, about no record, when nothing was delivered yet. */
  sampleOf?: InputMaybe<Scalars['ID']['input']>;
  /** Whether to send it; no when absent. */
  send?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same key makes a repeat the same call; a test changes nothing, so each call is one of its own. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What to deliver again: either some deliveries, or all that was given up of a webhook. */
export type DeliveryReplayInput = {
  /** These, at most 250. */
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** All that was given up of this webhook, the oldest 1,000 at a call. */
  allDeadOf?: InputMaybe<Scalars['ID']['input']>;
  /** The same key makes a repeat the same call. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** A webhook, as it is after the change; of one that was taken away, as it was. */
export type WebhookPayload = {
  __typename?: 'WebhookPayload';
  /** The webhook; null when nothing was done. */
  webhook?: Maybe<Webhook>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** A webhook with a secret that was made for it. */
export type WebhookSecretPayload = {
  __typename?: 'WebhookSecretPayload';
  /** The webhook; null when nothing was done. */
  webhook?: Maybe<Webhook>;
  /** What deliveries are signed with: `whsec_…`. It is shown this once; a repeat answers null. */
  secret?: Maybe<Scalars['String']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** A webhook that sends again. */
export type WebhookResumePayload = {
  __typename?: 'WebhookResumePayload';
  /** The webhook; null when nothing was done. */
  webhook?: Maybe<Webhook>;
  /** How many deliveries that were given up are begun anew. */
  replayed?: Maybe<Scalars['Int']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** What was begun anew. */
export type DeliveryReplayPayload = {
  __typename?: 'DeliveryReplayPayload';
  /** How many deliveries; those that wait anyway do not count. Null when nothing was done. */
  replayed?: Maybe<Scalars['Int']['output']>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** What a webhook sends. */
export type WebhookTestPayload = {
  __typename?: 'WebhookTestPayload';
  /** What would be sent. */
  request?: Maybe<WebhookRequest>;
  /** What came of sending it; null when it was not sent. */
  response?: Maybe<WebhookResponse>;
  /** Why nothing was done; empty when it was. */
  userErrors: Array<UserError>;
};

/** A delivery as it goes out. */
export type WebhookRequest = {
  __typename?: 'WebhookRequest';
  /** Where to. */
  url: Scalars['URL']['output'];
  /** Its headers, with the signature. */
  headers: Array<WebhookHeader>;
  /** Its body, byte for byte as it is signed. */
  body: Scalars['String']['output'];
  /** Whether the event is made up. */
  isSample: Scalars['Boolean']['output'];
};

/** A header of a delivery. */
export type WebhookHeader = {
  __typename?: 'WebhookHeader';
  /** Its name, in small letters. */
  name: Scalars['String']['output'];
  /** Its value. */
  value: Scalars['String']['output'];
};

/** How a try ended. */
export type WebhookResponse = {
  __typename?: 'WebhookResponse';
  /** Whether it counts as delivered: 2xx within 10 seconds. */
  isDelivered: Scalars['Boolean']['output'];
  /** The HTTP status; null where there was no answer. */
  responseStatus?: Maybe<Scalars['Int']['output']>;
  /** The beginning of the answer, up to 1 kB. */
  responseBody?: Maybe<Scalars['String']['output']>;
  /** Why it failed. */
  error?: Maybe<Scalars['String']['output']>;
};

/**
 * What clients hear of as it happens, over a WebSocket (graphql-transport-ws) or as server-sent events at the same address.
 * Each event is told at least once, in the order of the changes of one record, with what it is about read afresh. Its
 * `resumeToken`, given as `after`, continues behind it without loss. Where that is too long ago, an error with the code
 * RESYNC_REQUIRED comes first: read anew what you show; the stream goes on from now. docs/subscriptions.md says the rest.
 */
export type Subscription = {
  __typename?: 'Subscription';
  /** Products that staff make, change, delete or bring back. Stock has a subscription of its own. */
  productChanged: ProductChange;
  /** Stock that changes by sales, reservations, deliveries and counts. Changes of one product within 50 ms are told as one. */
  inventoryChanged: InventoryChange;
  /** A cart that changes, whoever changes it: another tab, another device, the checkout. */
  cartChanged: CartChange;
  /** An order to which something happens: it is paid, sent, cancelled. */
  orderStatusChanged: OrderStatusChange;
};


/**
 * What clients hear of as it happens, over a WebSocket (graphql-transport-ws) or as server-sent events at the same address.
 * Each event is told at least once, in the order of the changes of one record, with what it is about read afresh. Its
 * `resumeToken`, given as `after`, continues behind it without loss. Where that is too long ago, an error with the code
 * RESYNC_REQUIRED comes first: read anew what you show; the stream goes on from now. docs/subscriptions.md says the rest.
 */
export type SubscriptionProductChangedArgs = {
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * What clients hear of as it happens, over a WebSocket (graphql-transport-ws) or as server-sent events at the same address.
 * Each event is told at least once, in the order of the changes of one record, with what it is about read afresh. Its
 * `resumeToken`, given as `after`, continues behind it without loss. Where that is too long ago, an error with the code
 * RESYNC_REQUIRED comes first: read anew what you show; the stream goes on from now. docs/subscriptions.md says the rest.
 */
export type SubscriptionInventoryChangedArgs = {
  skus: Array<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * What clients hear of as it happens, over a WebSocket (graphql-transport-ws) or as server-sent events at the same address.
 * Each event is told at least once, in the order of the changes of one record, with what it is about read afresh. Its
 * `resumeToken`, given as `after`, continues behind it without loss. Where that is too long ago, an error with the code
 * RESYNC_REQUIRED comes first: read anew what you show; the stream goes on from now. docs/subscriptions.md says the rest.
 */
export type SubscriptionCartChangedArgs = {
  cartId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/**
 * What clients hear of as it happens, over a WebSocket (graphql-transport-ws) or as server-sent events at the same address.
 * Each event is told at least once, in the order of the changes of one record, with what it is about read afresh. Its
 * `resumeToken`, given as `after`, continues behind it without loss. Where that is too long ago, an error with the code
 * RESYNC_REQUIRED comes first: read anew what you show; the stream goes on from now. docs/subscriptions.md says the rest.
 */
export type SubscriptionOrderStatusChangedArgs = {
  orderId: Scalars['ID']['input'];
  accessToken?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What happened to a product. */
export type ProductOperation =
  /** It was made. */
  | 'CREATED'
  /** It was changed, published or archived. */
  | 'UPDATED'
  /** It was deleted. */
  | 'DELETED'
  /** It was brought back after it was deleted. */
  | 'RESTORED';

/** One change of a product. */
export type ProductChange = {
  __typename?: 'ProductChange';
  /** What happened. */
  operation: ProductOperation;
  /** The product's id. */
  id: Scalars['ID']['output'];
  /** The version that the change made. */
  version: Scalars['Int']['output'];
  /** The product as it is now, which may be later than this change; null when it is deleted, or you may not see it any more. */
  product?: Maybe<Product>;
  /** Continues behind this event, as `after`. */
  resumeToken: Scalars['String']['output'];
};

/** A change of the stock of one variant. */
export type InventoryChange = {
  __typename?: 'InventoryChange';
  /** The variant's stock keeping unit. */
  sku: Scalars['String']['output'];
  /** Its product's id. */
  productId: Scalars['ID']['output'];
  /** The stock as it is now; null when the variant is not for sale any more. */
  inventory?: Maybe<Inventory>;
  /** The variant; null when it is not for sale any more. */
  variant?: Maybe<ProductVariant>;
  /** Its product; null when it is not for sale any more. */
  product?: Maybe<Product>;
  /** Continues behind this event, as `after`. */
  resumeToken: Scalars['String']['output'];
};

/** Something that happened to an order. */
export type OrderStatusChange = {
  __typename?: 'OrderStatusChange';
  /** The order's id. */
  orderId: Scalars['ID']['output'];
  /** The order as it is now; null when you may not see it any more. */
  order?: Maybe<Order>;
  /** Continues behind this event, as `after`. */
  resumeToken: Scalars['String']['output'];
};

/** A change of a cart. */
export type CartChange = {
  __typename?: 'CartChange';
  /** The cart's id. */
  cartId: Scalars['ID']['output'];
  /** The cart as it is now; null when it is gone, or became somebody else's. */
  cart?: Maybe<Cart>;
  /** Continues behind this event, as `after`. */
  resumeToken: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  Currency: ResolverTypeWrapper<Scalars['Currency']['output']>;
  Locale: ResolverTypeWrapper<Scalars['Locale']['output']>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Money: ResolverTypeWrapper<AmountSource>;
  MoneyRange: ResolverTypeWrapper<Omit<MoneyRange, 'min' | 'max'> & { min: ResolversTypes['Money'], max: ResolversTypes['Money'] }>;
  PageInfo: ResolverTypeWrapper<AnyPageSource>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<UserErrorSource>;
  UserErrorCode: UserErrorCode;
  InvalidInputError: ResolverTypeWrapper<UserErrorSource>;
  NotFoundError: ResolverTypeWrapper<UserErrorSource>;
  DuplicateError: ResolverTypeWrapper<UserErrorSource>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  VersionConflictError: ResolverTypeWrapper<UserErrorSource>;
  OutOfStockError: ResolverTypeWrapper<UserErrorSource>;
  PlanLimitError: ResolverTypeWrapper<UserErrorSource>;
  IllegalStateError: ResolverTypeWrapper<UserErrorSource>;
  PaymentDeclinedError: ResolverTypeWrapper<UserErrorSource>;
  IdempotencyMismatchError: ResolverTypeWrapper<UserErrorSource>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Plan: Plan;
  Shop: ResolverTypeWrapper<TenantSource>;
  PlanLimits: ResolverTypeWrapper<PlanLimitsSource>;
  Tenant: ResolverTypeWrapper<TenantSource>;
  TenantConnection: ResolverTypeWrapper<TenantPageSource>;
  TenantEdge: ResolverTypeWrapper<TenantEdgeSource>;
  TenantPayload: ResolverTypeWrapper<Omit<TenantPayload, 'tenant' | 'userErrors'> & { tenant?: Maybe<ResolversTypes['Tenant']>, userErrors: Array<ResolversTypes['UserError']> }>;
  TenantCreateInput: TenantCreateInput;
  TenantOwnerInput: TenantOwnerInput;
  TenantUpdateInput: TenantUpdateInput;
  ShopSettings: ResolverTypeWrapper<TenantSource>;
  ShippingSetting: ResolverTypeWrapper<ShippingSettingSource>;
  ShopUpdatePayload: ResolverTypeWrapper<Omit<ShopUpdatePayload, 'settings' | 'userErrors'> & { settings?: Maybe<ResolversTypes['ShopSettings']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ShopUpdateInput: ShopUpdateInput;
  ShippingMethodInput: ShippingMethodInput;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  Role: Role;
  User: ResolverTypeWrapper<UserSource>;
  Product: ResolverTypeWrapper<ProductSource>;
  Review: ResolverTypeWrapper<ReviewSource>;
  UserConnection: ResolverTypeWrapper<StaffPageSource>;
  UserEdge: ResolverTypeWrapper<UserEdgeSource>;
  SessionPayload: ResolverTypeWrapper<Omit<SessionPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PasswordResetRequestPayload: ResolverTypeWrapper<Omit<PasswordResetRequestPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ApiKey: ResolverTypeWrapper<ShownKeySource>;
  ApiKeyPayload: ResolverTypeWrapper<Omit<ApiKeyPayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UserSignUpInput: UserSignUpInput;
  SessionCreateInput: SessionCreateInput;
  ProfileUpdateInput: ProfileUpdateInput;
  PasswordChangeInput: PasswordChangeInput;
  PasswordResetRequestInput: PasswordResetRequestInput;
  PasswordResetInput: PasswordResetInput;
  UserInviteInput: UserInviteInput;
  InvitationAcceptInput: InvitationAcceptInput;
  UserRolesSetInput: UserRolesSetInput;
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyRevokeInput: ApiKeyRevokeInput;
  CustomerFilter: CustomerFilter;
  Customer: ResolverTypeWrapper<UserSource>;
  CustomerConnection: ResolverTypeWrapper<CustomerPageSource>;
  CustomerEdge: ResolverTypeWrapper<CustomerEdgeSource>;
  SavedAddress: ResolverTypeWrapper<KeptAddressSource>;
  AddressPayload: ResolverTypeWrapper<Omit<AddressPayload, 'address' | 'addresses' | 'userErrors'> & { address?: Maybe<ResolversTypes['SavedAddress']>, addresses?: Maybe<Array<ResolversTypes['SavedAddress']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  AddressAddInput: AddressAddInput;
  AddressUpdateInput: AddressUpdateInput;
  AddressRemoveInput: AddressRemoveInput;
  AddressSetDefaultInput: AddressSetDefaultInput;
  ProductStatus: ProductStatus;
  Pricing: ResolverTypeWrapper<ProductSource>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DiscountType: DiscountType;
  Discount: ResolverTypeWrapper<DiscountOfSource>;
  ProductVariant: ResolverTypeWrapper<VariantOfSource>;
  VariantPricing: ResolverTypeWrapper<VariantOfSource>;
  Attribute: ResolverTypeWrapper<Attribute>;
  ProductOption: ResolverTypeWrapper<ProductOption>;
  Inventory: ResolverTypeWrapper<StockSource>;
  Availability: ResolverTypeWrapper<Availability>;
  Media: ResolverTypeWrapper<Media>;
  Seo: ResolverTypeWrapper<Seo>;
  Category: ResolverTypeWrapper<AnyCategorySource>;
  ProductPayload: ResolverTypeWrapper<Omit<ProductPayload, 'product' | 'userErrors'> & { product?: Maybe<ResolversTypes['Product']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversTypes['Category']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ProductCreateInput: ProductCreateInput;
  ProductUpdateInput: ProductUpdateInput;
  ProductUpsertInput: ProductUpsertInput;
  ProductDeleteInput: ProductDeleteInput;
  ProductRestoreInput: ProductRestoreInput;
  ProductRestoreVersionInput: ProductRestoreVersionInput;
  ProductVariantsUpsertInput: ProductVariantsUpsertInput;
  ProductVariantDeleteInput: ProductVariantDeleteInput;
  PricingInput: PricingInput;
  PricingPatchInput: PricingPatchInput;
  DiscountInput: DiscountInput;
  VariantInput: VariantInput;
  VariantPricingInput: VariantPricingInput;
  AttributeInput: AttributeInput;
  MediaInput: MediaInput;
  SeoInput: SeoInput;
  CategoryCreateInput: CategoryCreateInput;
  CategoryUpdateInput: CategoryUpdateInput;
  CategoryDeleteInput: CategoryDeleteInput;
  ProductVersionConnection: ResolverTypeWrapper<ProductVersionPageSource>;
  ProductVersionEdge: ResolverTypeWrapper<ProductVersionEdgeSource>;
  ProductVersion: ResolverTypeWrapper<ProductVersionSource>;
  ProductsImportState: ProductsImportState;
  ProductsImport: ResolverTypeWrapper<ImportJobSource>;
  ProductsImportFault: ResolverTypeWrapper<FaultSource>;
  ProductViewedInput: ProductViewedInput;
  ProductViewedPayload: ResolverTypeWrapper<Omit<ProductViewedPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  ProductViews: ResolverTypeWrapper<ViewedProductSource>;
  InventoryReserveInput: InventoryReserveInput;
  ReserveLineInput: ReserveLineInput;
  InventoryReleaseInput: InventoryReleaseInput;
  ReservationPayload: ResolverTypeWrapper<Omit<ReservationPayload, 'reservation' | 'userErrors'> & { reservation?: Maybe<ResolversTypes['Reservation']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ReservationState: ReservationState;
  Reservation: ResolverTypeWrapper<ReservationSource>;
  ReservationLine: ResolverTypeWrapper<ReservationLine>;
  InventoryAdjustInput: InventoryAdjustInput;
  InventoryPayload: ResolverTypeWrapper<Omit<InventoryPayload, 'inventory' | 'variant' | 'product' | 'userErrors'> & { inventory?: Maybe<ResolversTypes['Inventory']>, variant?: Maybe<ResolversTypes['ProductVariant']>, product?: Maybe<ResolversTypes['Product']>, userErrors: Array<ResolversTypes['UserError']> }>;
  LowStock: ResolverTypeWrapper<LowProductSource>;
  LowStockConnection: ResolverTypeWrapper<LowProductPageSource>;
  LowStockEdge: ResolverTypeWrapper<LowProductEdgeSource>;
  StockMovement: ResolverTypeWrapper<StockMovementSource>;
  StockMovementConnection: ResolverTypeWrapper<StockMovementPageSource>;
  StockMovementEdge: ResolverTypeWrapper<StockMovementEdgeSource>;
  RangeInput: RangeInput;
  AttributeFilter: AttributeFilter;
  ProductFilter: ProductFilter;
  ProductSort: ProductSort;
  ProductConnection: ResolverTypeWrapper<ProductListSource>;
  ProductEdge: ResolverTypeWrapper<ProductEdgeSource>;
  Facet: ResolverTypeWrapper<Facet>;
  FacetValue: ResolverTypeWrapper<FacetValue>;
  SearchSuggestion: ResolverTypeWrapper<SuggestionSource>;
  ReviewSummary: ResolverTypeWrapper<ReviewSummarySource>;
  RatingCount: ResolverTypeWrapper<RatingCount>;
  ReviewExcerpt: ResolverTypeWrapper<ReviewExcerpt>;
  ReviewStatus: ReviewStatus;
  ReviewSort: ReviewSort;
  ReviewConnection: ResolverTypeWrapper<ReviewListSource>;
  ReviewEdge: ResolverTypeWrapper<ReviewEdgeSource>;
  ReviewPayload: ResolverTypeWrapper<Omit<ReviewPayload, 'review' | 'userErrors'> & { review?: Maybe<ResolversTypes['Review']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ReviewSubmitInput: ReviewSubmitInput;
  ReviewModerateInput: ReviewModerateInput;
  ReviewVoteInput: ReviewVoteInput;
  AuditAction: AuditAction;
  AuditFilter: AuditFilter;
  AuditConnection: ResolverTypeWrapper<AuditPageSource>;
  AuditEdge: ResolverTypeWrapper<AuditEdgeSource>;
  AuditEntry: ResolverTypeWrapper<AuditEntrySource>;
  AuditChange: ResolverTypeWrapper<FieldChangeSource>;
  PromotionType: PromotionType;
  Promotion: ResolverTypeWrapper<PromotionSource>;
  PromotionConnection: ResolverTypeWrapper<PromotionListSource>;
  PromotionEdge: ResolverTypeWrapper<PromotionEdgeSource>;
  PromotionPayload: ResolverTypeWrapper<Omit<PromotionPayload, 'promotion' | 'userErrors'> & { promotion?: Maybe<ResolversTypes['Promotion']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PromotionCreateInput: PromotionCreateInput;
  PromotionUpdateInput: PromotionUpdateInput;
  PromotionDeleteInput: PromotionDeleteInput;
  CartStatus: CartStatus;
  Cart: ResolverTypeWrapper<CartSource>;
  CartLine: ResolverTypeWrapper<ShownLineSource>;
  CartWarningCode: CartWarningCode;
  CartLineWarning: ResolverTypeWrapper<LineWarningOfSource>;
  DiscountCodeProblem: DiscountCodeProblem;
  CartDiscountCode: ResolverTypeWrapper<CodeStateOfSource>;
  ShippingMethod: ResolverTypeWrapper<OfferedMethodSource>;
  Totals: ResolverTypeWrapper<TotalsOfSource>;
  TaxTotal: ResolverTypeWrapper<TaxOfSource>;
  Address: ResolverTypeWrapper<Address>;
  AddressInput: AddressInput;
  CartPayload: ResolverTypeWrapper<Omit<CartPayload, 'cart' | 'merge' | 'userErrors'> & { cart?: Maybe<ResolversTypes['Cart']>, merge?: Maybe<Array<ResolversTypes['CartMergeLine']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  CartMergeMode: CartMergeMode;
  CartMergeOutcome: CartMergeOutcome;
  CartMergeReason: CartMergeReason;
  CartMergeLine: ResolverTypeWrapper<MergedLineSource>;
  CartLineInput: CartLineInput;
  CartCreateInput: CartCreateInput;
  CartLinesAddInput: CartLinesAddInput;
  CartLineUpdateInput: CartLineUpdateInput;
  CartLinesUpdateInput: CartLinesUpdateInput;
  CartLinesRemoveInput: CartLinesRemoveInput;
  CartDiscountCodesSetInput: CartDiscountCodesSetInput;
  CartUpdateInput: CartUpdateInput;
  CartMergeInput: CartMergeInput;
  CartAbandonInput: CartAbandonInput;
  PaymentMethod: ResolverTypeWrapper<MethodSource>;
  PaymentState: PaymentState;
  Payment: ResolverTypeWrapper<PaymentSource>;
  PaymentAccount: ResolverTypeWrapper<ShownAccountSource>;
  PaymentAccountPayload: ResolverTypeWrapper<Omit<PaymentAccountPayload, 'paymentAccount' | 'userErrors'> & { paymentAccount?: Maybe<ResolversTypes['PaymentAccount']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PaymentAccountSetInput: PaymentAccountSetInput;
  PaymentAccountRemoveInput: PaymentAccountRemoveInput;
  OrderStatus: OrderStatus;
  PaymentStatus: PaymentStatus;
  Order: ResolverTypeWrapper<OrderSource>;
  OrderAction: OrderAction;
  OrderLine: ResolverTypeWrapper<LineOfSource>;
  OrderDiscountCode: ResolverTypeWrapper<CodeOfSource>;
  LinePieces: ResolverTypeWrapper<LinePiecesSource>;
  Fulfillment: ResolverTypeWrapper<FulfilmentSource>;
  RefundStatus: RefundStatus;
  Refund: ResolverTypeWrapper<RefundOfSource>;
  OrderEventType: OrderEventType;
  OrderEvent: ResolverTypeWrapper<EventOfSource>;
  OrderFilter: OrderFilter;
  OrderConnection: ResolverTypeWrapper<OrderListSource>;
  OrderEdge: ResolverTypeWrapper<OrderEdgeSource>;
  OrderPayload: ResolverTypeWrapper<Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CheckoutCompleteInput: CheckoutCompleteInput;
  OrderCancelInput: OrderCancelInput;
  LinePiecesInput: LinePiecesInput;
  OrderFulfillInput: OrderFulfillInput;
  OrderCompleteInput: OrderCompleteInput;
  OrderReturnInput: OrderReturnInput;
  OrderNoteAddInput: OrderNoteAddInput;
  OrderPayInput: OrderPayInput;
  OrderCaptureInput: OrderCaptureInput;
  OrderRefundInput: OrderRefundInput;
  Erasure: ResolverTypeWrapper<ShownErasureSource>;
  ErasurePayload: ResolverTypeWrapper<Omit<ErasurePayload, 'erasure' | 'userErrors'> & { erasure?: Maybe<ResolversTypes['Erasure']>, userErrors: Array<ResolversTypes['UserError']> }>;
  AccountEraseInput: AccountEraseInput;
  CustomerEraseInput: CustomerEraseInput;
  CategoryAnalytics: ResolverTypeWrapper<CategoryAnalyticsRowSource>;
  ProductSales: ResolverTypeWrapper<SoldProductSource>;
  SalesAnalytics: ResolverTypeWrapper<SalesFiguresSource>;
  ProductAnalytics: ResolverTypeWrapper<ProductDayRowSource>;
  WebhookEvent: WebhookEvent;
  Webhook: ResolverTypeWrapper<ShownWebhookSource>;
  WebhookPauseReason: WebhookPauseReason;
  WebhookDeliveryStatus: WebhookDeliveryStatus;
  WebhookDeliveryConnection: ResolverTypeWrapper<DeliveryPageSource>;
  WebhookDeliveryEdge: ResolverTypeWrapper<DeliveryEdgeSource>;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliverySource>;
  WebhookCreateInput: WebhookCreateInput;
  WebhookUpdateInput: WebhookUpdateInput;
  WebhookDeleteInput: WebhookDeleteInput;
  WebhookSecretRotateInput: WebhookSecretRotateInput;
  WebhookSecretRetireInput: WebhookSecretRetireInput;
  WebhookResumeInput: WebhookResumeInput;
  WebhookTestInput: WebhookTestInput;
  DeliveryReplayInput: DeliveryReplayInput;
  WebhookPayload: ResolverTypeWrapper<Omit<WebhookPayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversTypes['Webhook']>, userErrors: Array<ResolversTypes['UserError']> }>;
  WebhookSecretPayload: ResolverTypeWrapper<Omit<WebhookSecretPayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversTypes['Webhook']>, userErrors: Array<ResolversTypes['UserError']> }>;
  WebhookResumePayload: ResolverTypeWrapper<Omit<WebhookResumePayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversTypes['Webhook']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DeliveryReplayPayload: ResolverTypeWrapper<Omit<DeliveryReplayPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  WebhookTestPayload: ResolverTypeWrapper<Omit<WebhookTestPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  WebhookRequest: ResolverTypeWrapper<WebhookRequest>;
  WebhookHeader: ResolverTypeWrapper<WebhookHeader>;
  WebhookResponse: ResolverTypeWrapper<WebhookResponse>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ProductOperation: ProductOperation;
  ProductChange: ResolverTypeWrapper<ToldProductSource>;
  InventoryChange: ResolverTypeWrapper<ToldStockSource>;
  OrderStatusChange: ResolverTypeWrapper<ToldOrderSource>;
  CartChange: ResolverTypeWrapper<ToldCartSource>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Date: Scalars['Date']['output'];
  Decimal: Scalars['Decimal']['output'];
  SafeInt: Scalars['SafeInt']['output'];
  Currency: Scalars['Currency']['output'];
  Locale: Scalars['Locale']['output'];
  URL: Scalars['URL']['output'];
  JSONObject: Scalars['JSONObject']['output'];
  Money: AmountSource;
  MoneyRange: Omit<MoneyRange, 'min' | 'max'> & { min: ResolversParentTypes['Money'], max: ResolversParentTypes['Money'] };
  PageInfo: AnyPageSource;
  Mutation: Record<PropertyKey, never>;
  UserError: UserErrorSource;
  InvalidInputError: UserErrorSource;
  NotFoundError: UserErrorSource;
  DuplicateError: UserErrorSource;
  ID: Scalars['ID']['output'];
  VersionConflictError: UserErrorSource;
  OutOfStockError: UserErrorSource;
  PlanLimitError: UserErrorSource;
  IllegalStateError: UserErrorSource;
  PaymentDeclinedError: UserErrorSource;
  IdempotencyMismatchError: UserErrorSource;
  Query: Record<PropertyKey, never>;
  Shop: TenantSource;
  PlanLimits: PlanLimitsSource;
  Tenant: TenantSource;
  TenantConnection: TenantPageSource;
  TenantEdge: TenantEdgeSource;
  TenantPayload: Omit<TenantPayload, 'tenant' | 'userErrors'> & { tenant?: Maybe<ResolversParentTypes['Tenant']>, userErrors: Array<ResolversParentTypes['UserError']> };
  TenantCreateInput: TenantCreateInput;
  TenantOwnerInput: TenantOwnerInput;
  TenantUpdateInput: TenantUpdateInput;
  ShopSettings: TenantSource;
  ShippingSetting: ShippingSettingSource;
  ShopUpdatePayload: Omit<ShopUpdatePayload, 'settings' | 'userErrors'> & { settings?: Maybe<ResolversParentTypes['ShopSettings']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ShopUpdateInput: ShopUpdateInput;
  ShippingMethodInput: ShippingMethodInput;
  EmailAddress: Scalars['EmailAddress']['output'];
  User: UserSource;
  Product: ProductSource;
  Review: ReviewSource;
  UserConnection: StaffPageSource;
  UserEdge: UserEdgeSource;
  SessionPayload: Omit<SessionPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UserPayload: Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PasswordResetRequestPayload: Omit<PasswordResetRequestPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ApiKey: ShownKeySource;
  ApiKeyPayload: Omit<ApiKeyPayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UserSignUpInput: UserSignUpInput;
  SessionCreateInput: SessionCreateInput;
  ProfileUpdateInput: ProfileUpdateInput;
  PasswordChangeInput: PasswordChangeInput;
  PasswordResetRequestInput: PasswordResetRequestInput;
  PasswordResetInput: PasswordResetInput;
  UserInviteInput: UserInviteInput;
  InvitationAcceptInput: InvitationAcceptInput;
  UserRolesSetInput: UserRolesSetInput;
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyRevokeInput: ApiKeyRevokeInput;
  CustomerFilter: CustomerFilter;
  Customer: UserSource;
  CustomerConnection: CustomerPageSource;
  CustomerEdge: CustomerEdgeSource;
  SavedAddress: KeptAddressSource;
  AddressPayload: Omit<AddressPayload, 'address' | 'addresses' | 'userErrors'> & { address?: Maybe<ResolversParentTypes['SavedAddress']>, addresses?: Maybe<Array<ResolversParentTypes['SavedAddress']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  AddressAddInput: AddressAddInput;
  AddressUpdateInput: AddressUpdateInput;
  AddressRemoveInput: AddressRemoveInput;
  AddressSetDefaultInput: AddressSetDefaultInput;
  Pricing: ProductSource;
  Float: Scalars['Float']['output'];
  Discount: DiscountOfSource;
  ProductVariant: VariantOfSource;
  VariantPricing: VariantOfSource;
  Attribute: Attribute;
  ProductOption: ProductOption;
  Inventory: StockSource;
  Availability: Availability;
  Media: Media;
  Seo: Seo;
  Category: AnyCategorySource;
  ProductPayload: Omit<ProductPayload, 'product' | 'userErrors'> & { product?: Maybe<ResolversParentTypes['Product']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CategoryPayload: Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversParentTypes['Category']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ProductCreateInput: ProductCreateInput;
  ProductUpdateInput: ProductUpdateInput;
  ProductUpsertInput: ProductUpsertInput;
  ProductDeleteInput: ProductDeleteInput;
  ProductRestoreInput: ProductRestoreInput;
  ProductRestoreVersionInput: ProductRestoreVersionInput;
  ProductVariantsUpsertInput: ProductVariantsUpsertInput;
  ProductVariantDeleteInput: ProductVariantDeleteInput;
  PricingInput: PricingInput;
  PricingPatchInput: PricingPatchInput;
  DiscountInput: DiscountInput;
  VariantInput: VariantInput;
  VariantPricingInput: VariantPricingInput;
  AttributeInput: AttributeInput;
  MediaInput: MediaInput;
  SeoInput: SeoInput;
  CategoryCreateInput: CategoryCreateInput;
  CategoryUpdateInput: CategoryUpdateInput;
  CategoryDeleteInput: CategoryDeleteInput;
  ProductVersionConnection: ProductVersionPageSource;
  ProductVersionEdge: ProductVersionEdgeSource;
  ProductVersion: ProductVersionSource;
  ProductsImport: ImportJobSource;
  ProductsImportFault: FaultSource;
  ProductViewedInput: ProductViewedInput;
  ProductViewedPayload: Omit<ProductViewedPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  ProductViews: ViewedProductSource;
  InventoryReserveInput: InventoryReserveInput;
  ReserveLineInput: ReserveLineInput;
  InventoryReleaseInput: InventoryReleaseInput;
  ReservationPayload: Omit<ReservationPayload, 'reservation' | 'userErrors'> & { reservation?: Maybe<ResolversParentTypes['Reservation']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Reservation: ReservationSource;
  ReservationLine: ReservationLine;
  InventoryAdjustInput: InventoryAdjustInput;
  InventoryPayload: Omit<InventoryPayload, 'inventory' | 'variant' | 'product' | 'userErrors'> & { inventory?: Maybe<ResolversParentTypes['Inventory']>, variant?: Maybe<ResolversParentTypes['ProductVariant']>, product?: Maybe<ResolversParentTypes['Product']>, userErrors: Array<ResolversParentTypes['UserError']> };
  LowStock: LowProductSource;
  LowStockConnection: LowProductPageSource;
  LowStockEdge: LowProductEdgeSource;
  StockMovement: StockMovementSource;
  StockMovementConnection: StockMovementPageSource;
  StockMovementEdge: StockMovementEdgeSource;
  RangeInput: RangeInput;
  AttributeFilter: AttributeFilter;
  ProductFilter: ProductFilter;
  ProductConnection: ProductListSource;
  ProductEdge: ProductEdgeSource;
  Facet: Facet;
  FacetValue: FacetValue;
  SearchSuggestion: SuggestionSource;
  ReviewSummary: ReviewSummarySource;
  RatingCount: RatingCount;
  ReviewExcerpt: ReviewExcerpt;
  ReviewConnection: ReviewListSource;
  ReviewEdge: ReviewEdgeSource;
  ReviewPayload: Omit<ReviewPayload, 'review' | 'userErrors'> & { review?: Maybe<ResolversParentTypes['Review']>, userErrors: Array<ResolversParentTypes['UserError']> };
  ReviewSubmitInput: ReviewSubmitInput;
  ReviewModerateInput: ReviewModerateInput;
  ReviewVoteInput: ReviewVoteInput;
  AuditFilter: AuditFilter;
  AuditConnection: AuditPageSource;
  AuditEdge: AuditEdgeSource;
  AuditEntry: AuditEntrySource;
  AuditChange: FieldChangeSource;
  Promotion: PromotionSource;
  PromotionConnection: PromotionListSource;
  PromotionEdge: PromotionEdgeSource;
  PromotionPayload: Omit<PromotionPayload, 'promotion' | 'userErrors'> & { promotion?: Maybe<ResolversParentTypes['Promotion']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PromotionCreateInput: PromotionCreateInput;
  PromotionUpdateInput: PromotionUpdateInput;
  PromotionDeleteInput: PromotionDeleteInput;
  Cart: CartSource;
  CartLine: ShownLineSource;
  CartLineWarning: LineWarningOfSource;
  CartDiscountCode: CodeStateOfSource;
  ShippingMethod: OfferedMethodSource;
  Totals: TotalsOfSource;
  TaxTotal: TaxOfSource;
  Address: Address;
  AddressInput: AddressInput;
  CartPayload: Omit<CartPayload, 'cart' | 'merge' | 'userErrors'> & { cart?: Maybe<ResolversParentTypes['Cart']>, merge?: Maybe<Array<ResolversParentTypes['CartMergeLine']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  CartMergeLine: MergedLineSource;
  CartLineInput: CartLineInput;
  CartCreateInput: CartCreateInput;
  CartLinesAddInput: CartLinesAddInput;
  CartLineUpdateInput: CartLineUpdateInput;
  CartLinesUpdateInput: CartLinesUpdateInput;
  CartLinesRemoveInput: CartLinesRemoveInput;
  CartDiscountCodesSetInput: CartDiscountCodesSetInput;
  CartUpdateInput: CartUpdateInput;
  CartMergeInput: CartMergeInput;
  CartAbandonInput: CartAbandonInput;
  PaymentMethod: MethodSource;
  Payment: PaymentSource;
  PaymentAccount: ShownAccountSource;
  PaymentAccountPayload: Omit<PaymentAccountPayload, 'paymentAccount' | 'userErrors'> & { paymentAccount?: Maybe<ResolversParentTypes['PaymentAccount']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PaymentAccountSetInput: PaymentAccountSetInput;
  PaymentAccountRemoveInput: PaymentAccountRemoveInput;
  Order: OrderSource;
  OrderLine: LineOfSource;
  OrderDiscountCode: CodeOfSource;
  LinePieces: LinePiecesSource;
  Fulfillment: FulfilmentSource;
  Refund: RefundOfSource;
  OrderEvent: EventOfSource;
  OrderFilter: OrderFilter;
  OrderConnection: OrderListSource;
  OrderEdge: OrderEdgeSource;
  OrderPayload: Omit<OrderPayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CheckoutCompleteInput: CheckoutCompleteInput;
  OrderCancelInput: OrderCancelInput;
  LinePiecesInput: LinePiecesInput;
  OrderFulfillInput: OrderFulfillInput;
  OrderCompleteInput: OrderCompleteInput;
  OrderReturnInput: OrderReturnInput;
  OrderNoteAddInput: OrderNoteAddInput;
  OrderPayInput: OrderPayInput;
  OrderCaptureInput: OrderCaptureInput;
  OrderRefundInput: OrderRefundInput;
  Erasure: ShownErasureSource;
  ErasurePayload: Omit<ErasurePayload, 'erasure' | 'userErrors'> & { erasure?: Maybe<ResolversParentTypes['Erasure']>, userErrors: Array<ResolversParentTypes['UserError']> };
  AccountEraseInput: AccountEraseInput;
  CustomerEraseInput: CustomerEraseInput;
  CategoryAnalytics: CategoryAnalyticsRowSource;
  ProductSales: SoldProductSource;
  SalesAnalytics: SalesFiguresSource;
  ProductAnalytics: ProductDayRowSource;
  Webhook: ShownWebhookSource;
  WebhookDeliveryConnection: DeliveryPageSource;
  WebhookDeliveryEdge: DeliveryEdgeSource;
  WebhookDelivery: WebhookDeliverySource;
  WebhookCreateInput: WebhookCreateInput;
  WebhookUpdateInput: WebhookUpdateInput;
  WebhookDeleteInput: WebhookDeleteInput;
  WebhookSecretRotateInput: WebhookSecretRotateInput;
  WebhookSecretRetireInput: WebhookSecretRetireInput;
  WebhookResumeInput: WebhookResumeInput;
  WebhookTestInput: WebhookTestInput;
  DeliveryReplayInput: DeliveryReplayInput;
  WebhookPayload: Omit<WebhookPayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversParentTypes['Webhook']>, userErrors: Array<ResolversParentTypes['UserError']> };
  WebhookSecretPayload: Omit<WebhookSecretPayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversParentTypes['Webhook']>, userErrors: Array<ResolversParentTypes['UserError']> };
  WebhookResumePayload: Omit<WebhookResumePayload, 'webhook' | 'userErrors'> & { webhook?: Maybe<ResolversParentTypes['Webhook']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DeliveryReplayPayload: Omit<DeliveryReplayPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  WebhookTestPayload: Omit<WebhookTestPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  WebhookRequest: WebhookRequest;
  WebhookHeader: WebhookHeader;
  WebhookResponse: WebhookResponse;
  Subscription: Record<PropertyKey, never>;
  ProductChange: ToldProductSource;
  InventoryChange: ToldStockSource;
  OrderStatusChange: ToldOrderSource;
  CartChange: ToldCartSource;
  String: Scalars['String']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = Context, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  permission: Scalars['String']['input'];
  orOwn?: Maybe<Scalars['Boolean']['input']>;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = Context, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostDirectiveArgs = {
  weight: Scalars['String']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = Context, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize?: Maybe<Scalars['Int']['input']>;
  slicingArguments?: Maybe<Array<Scalars['String']['input']>>;
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export interface CurrencyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Currency'], any> {
  name: 'Currency';
}

export interface LocaleScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Locale'], any> {
  name: 'Locale';
}

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  minor?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<MoneyFormattedArgs>>;
};

export type MoneyRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MoneyRange'] = ResolversParentTypes['MoneyRange']> = {
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  max?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  tenantCreate?: Resolver<ResolversTypes['TenantPayload'], ParentType, ContextType, RequireFields<MutationTenantCreateArgs, 'input'>>;
  tenantUpdate?: Resolver<ResolversTypes['TenantPayload'], ParentType, ContextType, RequireFields<MutationTenantUpdateArgs, 'input'>>;
  shopUpdate?: Resolver<ResolversTypes['ShopUpdatePayload'], ParentType, ContextType, RequireFields<MutationShopUpdateArgs, 'input'>>;
  userSignUp?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationUserSignUpArgs, 'input'>>;
  sessionCreate?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationSessionCreateArgs, 'input'>>;
  sessionExtend?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType>;
  sessionDelete?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType>;
  profileUpdate?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationProfileUpdateArgs, 'input'>>;
  passwordChange?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationPasswordChangeArgs, 'input'>>;
  passwordResetRequest?: Resolver<ResolversTypes['PasswordResetRequestPayload'], ParentType, ContextType, RequireFields<MutationPasswordResetRequestArgs, 'input'>>;
  passwordReset?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationPasswordResetArgs, 'input'>>;
  userInvite?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationUserInviteArgs, 'input'>>;
  invitationAccept?: Resolver<ResolversTypes['SessionPayload'], ParentType, ContextType, RequireFields<MutationInvitationAcceptArgs, 'input'>>;
  userRolesSet?: Resolver<ResolversTypes['UserPayload'], ParentType, ContextType, RequireFields<MutationUserRolesSetArgs, 'input'>>;
  apiKeyCreate?: Resolver<ResolversTypes['ApiKeyPayload'], ParentType, ContextType, RequireFields<MutationApiKeyCreateArgs, 'input'>>;
  apiKeyRevoke?: Resolver<ResolversTypes['ApiKeyPayload'], ParentType, ContextType, RequireFields<MutationApiKeyRevokeArgs, 'input'>>;
  addressAdd?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationAddressAddArgs, 'input'>>;
  addressUpdate?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationAddressUpdateArgs, 'input'>>;
  addressRemove?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationAddressRemoveArgs, 'input'>>;
  addressSetDefault?: Resolver<ResolversTypes['AddressPayload'], ParentType, ContextType, RequireFields<MutationAddressSetDefaultArgs, 'input'>>;
  productCreate?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductCreateArgs, 'input'>>;
  productUpdate?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductUpdateArgs, 'input'>>;
  productUpsert?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductUpsertArgs, 'input'>>;
  productDelete?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductDeleteArgs, 'input'>>;
  productRestore?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductRestoreArgs, 'input'>>;
  productRestoreVersion?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductRestoreVersionArgs, 'input'>>;
  productVariantsUpsert?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductVariantsUpsertArgs, 'input'>>;
  productVariantDelete?: Resolver<ResolversTypes['ProductPayload'], ParentType, ContextType, RequireFields<MutationProductVariantDeleteArgs, 'input'>>;
  categoryCreate?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationCategoryCreateArgs, 'input'>>;
  categoryUpdate?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationCategoryUpdateArgs, 'input'>>;
  categoryDelete?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationCategoryDeleteArgs, 'input'>>;
  productViewed?: Resolver<ResolversTypes['ProductViewedPayload'], ParentType, ContextType, RequireFields<MutationProductViewedArgs, 'input'>>;
  inventoryAdjust?: Resolver<ResolversTypes['InventoryPayload'], ParentType, ContextType, RequireFields<MutationInventoryAdjustArgs, 'input'>>;
  inventoryReserve?: Resolver<ResolversTypes['ReservationPayload'], ParentType, ContextType, RequireFields<MutationInventoryReserveArgs, 'input'>>;
  inventoryRelease?: Resolver<ResolversTypes['ReservationPayload'], ParentType, ContextType, RequireFields<MutationInventoryReleaseArgs, 'input'>>;
  reviewSubmit?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewSubmitArgs, 'input'>>;
  reviewModerate?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewModerateArgs, 'input'>>;
  reviewVote?: Resolver<ResolversTypes['ReviewPayload'], ParentType, ContextType, RequireFields<MutationReviewVoteArgs, 'input'>>;
  promotionCreate?: Resolver<ResolversTypes['PromotionPayload'], ParentType, ContextType, RequireFields<MutationPromotionCreateArgs, 'input'>>;
  promotionUpdate?: Resolver<ResolversTypes['PromotionPayload'], ParentType, ContextType, RequireFields<MutationPromotionUpdateArgs, 'input'>>;
  promotionDelete?: Resolver<ResolversTypes['PromotionPayload'], ParentType, ContextType, RequireFields<MutationPromotionDeleteArgs, 'input'>>;
  cartCreate?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartCreateArgs, 'input'>>;
  cartLinesAdd?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartLinesAddArgs, 'input'>>;
  cartLinesUpdate?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartLinesUpdateArgs, 'input'>>;
  cartLinesRemove?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartLinesRemoveArgs, 'input'>>;
  cartDiscountCodesSet?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartDiscountCodesSetArgs, 'input'>>;
  cartUpdate?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartUpdateArgs, 'input'>>;
  cartMerge?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartMergeArgs, 'input'>>;
  cartAbandon?: Resolver<ResolversTypes['CartPayload'], ParentType, ContextType, RequireFields<MutationCartAbandonArgs, 'input'>>;
  paymentAccountSet?: Resolver<ResolversTypes['PaymentAccountPayload'], ParentType, ContextType, RequireFields<MutationPaymentAccountSetArgs, 'input'>>;
  paymentAccountRemove?: Resolver<ResolversTypes['PaymentAccountPayload'], ParentType, ContextType, RequireFields<MutationPaymentAccountRemoveArgs, 'input'>>;
  checkoutComplete?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationCheckoutCompleteArgs, 'input'>>;
  orderCancel?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderCancelArgs, 'input'>>;
  orderFulfill?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderFulfillArgs, 'input'>>;
  orderComplete?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderCompleteArgs, 'input'>>;
  orderReturn?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderReturnArgs, 'input'>>;
  orderNoteAdd?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderNoteAddArgs, 'input'>>;
  orderPay?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderPayArgs, 'input'>>;
  orderCapture?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderCaptureArgs, 'input'>>;
  orderRefund?: Resolver<ResolversTypes['OrderPayload'], ParentType, ContextType, RequireFields<MutationOrderRefundArgs, 'input'>>;
  accountErase?: Resolver<ResolversTypes['ErasurePayload'], ParentType, ContextType, RequireFields<MutationAccountEraseArgs, 'input'>>;
  customerErase?: Resolver<ResolversTypes['ErasurePayload'], ParentType, ContextType, RequireFields<MutationCustomerEraseArgs, 'input'>>;
  webhookCreate?: Resolver<ResolversTypes['WebhookSecretPayload'], ParentType, ContextType, RequireFields<MutationWebhookCreateArgs, 'input'>>;
  webhookUpdate?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationWebhookUpdateArgs, 'input'>>;
  webhookDelete?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationWebhookDeleteArgs, 'input'>>;
  webhookSecretRotate?: Resolver<ResolversTypes['WebhookSecretPayload'], ParentType, ContextType, RequireFields<MutationWebhookSecretRotateArgs, 'input'>>;
  webhookSecretRetire?: Resolver<ResolversTypes['WebhookPayload'], ParentType, ContextType, RequireFields<MutationWebhookSecretRetireArgs, 'input'>>;
  webhookResume?: Resolver<ResolversTypes['WebhookResumePayload'], ParentType, ContextType, RequireFields<MutationWebhookResumeArgs, 'input'>>;
  webhookTest?: Resolver<ResolversTypes['WebhookTestPayload'], ParentType, ContextType, RequireFields<MutationWebhookTestArgs, 'input'>>;
  webhookDeliveryReplay?: Resolver<ResolversTypes['DeliveryReplayPayload'], ParentType, ContextType, RequireFields<MutationWebhookDeliveryReplayArgs, 'input'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'InvalidInputError' | 'NotFoundError' | 'DuplicateError' | 'VersionConflictError' | 'OutOfStockError' | 'PlanLimitError' | 'IllegalStateError' | 'PaymentDeclinedError' | 'IdempotencyMismatchError', ParentType, ContextType>;
};

export type InvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInputError'] = ResolversParentTypes['InvalidInputError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFoundError'] = ResolversParentTypes['NotFoundError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DuplicateErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DuplicateError'] = ResolversParentTypes['DuplicateError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  existingId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VersionConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VersionConflictError'] = ResolversParentTypes['VersionConflictError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  currentVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OutOfStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OutOfStockError'] = ResolversParentTypes['OutOfStockError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlanLimitErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlanLimitError'] = ResolversParentTypes['PlanLimitError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IllegalStateErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IllegalStateError'] = ResolversParentTypes['IllegalStateError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentDeclinedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclinedError'] = ResolversParentTypes['PaymentDeclinedError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyMismatchErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyMismatchError'] = ResolversParentTypes['IdempotencyMismatchError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  shop?: Resolver<ResolversTypes['Shop'], ParentType, ContextType>;
  tenants?: Resolver<ResolversTypes['TenantConnection'], ParentType, ContextType, Partial<QueryTenantsArgs>>;
  shopSettings?: Resolver<ResolversTypes['ShopSettings'], ParentType, ContextType>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, Partial<QueryUsersArgs>>;
  apiKeys?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, Partial<QueryCustomersArgs>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, Partial<QueryProductArgs>>;
  productsByIds?: Resolver<Array<Maybe<ResolversTypes['Product']>>, ParentType, ContextType, RequireFields<QueryProductsByIdsArgs, 'ids'>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, Partial<QueryProductsArgs>>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoryArgs>>;
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoriesArgs, 'maxDepth'>>;
  productsImport?: Resolver<Maybe<ResolversTypes['ProductsImport']>, ParentType, ContextType, RequireFields<QueryProductsImportArgs, 'id'>>;
  mostViewedProducts?: Resolver<Array<ResolversTypes['ProductViews']>, ParentType, ContextType, RequireFields<QueryMostViewedProductsArgs, 'days' | 'first'>>;
  stockMovements?: Resolver<ResolversTypes['StockMovementConnection'], ParentType, ContextType, Partial<QueryStockMovementsArgs>>;
  lowStock?: Resolver<ResolversTypes['LowStockConnection'], ParentType, ContextType, Partial<QueryLowStockArgs>>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType, RequireFields<QueryReservationArgs, 'id'>>;
  searchSuggestions?: Resolver<Array<ResolversTypes['SearchSuggestion']>, ParentType, ContextType, RequireFields<QuerySearchSuggestionsArgs, 'prefix' | 'first'>>;
  reviewsToModerate?: Resolver<ResolversTypes['ReviewConnection'], ParentType, ContextType, Partial<QueryReviewsToModerateArgs>>;
  auditLog?: Resolver<ResolversTypes['AuditConnection'], ParentType, ContextType, Partial<QueryAuditLogArgs>>;
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType, Partial<QueryPromotionArgs>>;
  promotions?: Resolver<ResolversTypes['PromotionConnection'], ParentType, ContextType, Partial<QueryPromotionsArgs>>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, RequireFields<QueryCartArgs, 'id'>>;
  paymentAccounts?: Resolver<Array<ResolversTypes['PaymentAccount']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, Partial<QueryOrderArgs>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, Partial<QueryOrdersArgs>>;
  erasure?: Resolver<Maybe<ResolversTypes['Erasure']>, ParentType, ContextType, RequireFields<QueryErasureArgs, 'id'>>;
  categoryAnalytics?: Resolver<Array<ResolversTypes['CategoryAnalytics']>, ParentType, ContextType, RequireFields<QueryCategoryAnalyticsArgs, 'live'>>;
  salesAnalytics?: Resolver<Array<ResolversTypes['SalesAnalytics']>, ParentType, ContextType, RequireFields<QuerySalesAnalyticsArgs, 'from' | 'to'>>;
  bestSellers?: Resolver<Array<ResolversTypes['ProductSales']>, ParentType, ContextType, RequireFields<QueryBestSellersArgs, 'from' | 'to' | 'first'>>;
  productAnalytics?: Resolver<Array<ResolversTypes['ProductAnalytics']>, ParentType, ContextType, RequireFields<QueryProductAnalyticsArgs, 'from' | 'to'>>;
  webhooks?: Resolver<Array<ResolversTypes['Webhook']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType, RequireFields<QueryWebhookArgs, 'id'>>;
};

export type ShopResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shop'] = ResolversParentTypes['Shop']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subdomain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['PlanLimits'], ParentType, ContextType>;
  paymentMethods?: Resolver<Array<ResolversTypes['PaymentMethod']>, ParentType, ContextType>;
};

export type PlanLimitsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlanLimits'] = ResolversParentTypes['PlanLimits']> = {
  products?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  staff?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  costBudget?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  costPerSecond?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subdomain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['PlanLimits'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  passwordPage?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  allowedOrigins?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TenantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantConnection'] = ResolversParentTypes['TenantConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Tenant']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['TenantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TenantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantEdge'] = ResolversParentTypes['TenantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
};

export type TenantPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantPayload'] = ResolversParentTypes['TenantPayload']> = {
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  invitationToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ShopSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShopSettings'] = ResolversParentTypes['ShopSettings']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['Locale'], ParentType, ContextType>;
  storefront?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  taxIncluded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  shippingMethods?: Resolver<Array<ResolversTypes['ShippingSetting']>, ParentType, ContextType>;
  lowStockThreshold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unpaidOrderMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  archiveOrdersAfterMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  passwordPage?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  allowedOrigins?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ShippingSettingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingSetting'] = ResolversParentTypes['ShippingSetting']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  freeFrom?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ShopUpdatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShopUpdatePayload'] = ResolversParentTypes['ShopUpdatePayload']> = {
  settings?: Resolver<Maybe<ResolversTypes['ShopSettings']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  username?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  hasPassword?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastLogin?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  addresses?: Resolver<Array<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, Partial<UserOrdersArgs>>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  updatedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
  pricing?: Resolver<ResolversTypes['Pricing'], ParentType, ContextType>;
  priceRange?: Resolver<ResolversTypes['MoneyRange'], ParentType, ContextType>;
  lowestPrice30Days?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  variants?: Resolver<Array<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, Partial<ProductVariantArgs>>;
  options?: Resolver<Array<ResolversTypes['ProductOption']>, ParentType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  reviewSummary?: Resolver<ResolversTypes['ReviewSummary'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  searchKeywords?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  media?: Resolver<Array<ResolversTypes['Media']>, ParentType, ContextType>;
  seo?: Resolver<ResolversTypes['Seo'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  canonicalSlug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  history?: Resolver<ResolversTypes['ProductVersionConnection'], ParentType, ContextType, Partial<ProductHistoryArgs>>;
  reviews?: Resolver<ResolversTypes['ReviewConnection'], ParentType, ContextType, Partial<ProductReviewsArgs>>;
  soldRecently?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  userName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
  verifiedPurchase?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  helpfulCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type SessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionPayload'] = ResolversParentTypes['SessionPayload']> = {
  token?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasswordResetRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasswordResetRequestPayload'] = ResolversParentTypes['PasswordResetRequestPayload']> = {
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyPayload'] = ResolversParentTypes['ApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  addresses?: Resolver<Array<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  lastLogin?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, Partial<CustomerOrdersArgs>>;
  orderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalSpent?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Customer']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type SavedAddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedAddress'] = ResolversParentTypes['SavedAddress']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AddressPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddressPayload'] = ResolversParentTypes['AddressPayload']> = {
  address?: Resolver<Maybe<ResolversTypes['SavedAddress']>, ParentType, ContextType>;
  addresses?: Resolver<Maybe<Array<ResolversTypes['SavedAddress']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PricingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Pricing'] = ResolversParentTypes['Pricing']> = {
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  basePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  salePrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  taxRate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  cost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  discounts?: Resolver<Array<ResolversTypes['Discount']>, ParentType, ContextType>;
  effectivePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType, RequireFields<PricingEffectivePriceArgs, 'quantity'>>;
};

export type DiscountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Discount'] = ResolversParentTypes['Discount']> = {
  type?: Resolver<ResolversTypes['DiscountType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  validFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  validTo?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  attributes?: Resolver<Array<ResolversTypes['Attribute']>, ParentType, ContextType>;
  pricing?: Resolver<ResolversTypes['VariantPricing'], ParentType, ContextType>;
  inventory?: Resolver<ResolversTypes['Inventory'], ParentType, ContextType>;
  backorder?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  media?: Resolver<Array<ResolversTypes['Media']>, ParentType, ContextType>;
};

export type VariantPricingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VariantPricing'] = ResolversParentTypes['VariantPricing']> = {
  basePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  salePrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  effectivePrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType, RequireFields<VariantPricingEffectivePriceArgs, 'quantity'>>;
};

export type AttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductOption'] = ResolversParentTypes['ProductOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InventoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Inventory'] = ResolversParentTypes['Inventory']> = {
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  backordered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  inStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MediaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Media'] = ResolversParentTypes['Media']> = {
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  alt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Seo'] = ResolversParentTypes['Seo']> = {
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  depth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  ancestors?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, Partial<CategoryProductsArgs>>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<CategoryProductCountArgs, 'includeDescendants'>>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductPayload'] = ResolversParentTypes['ProductPayload']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryPayload'] = ResolversParentTypes['CategoryPayload']> = {
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ProductVersionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVersionConnection'] = ResolversParentTypes['ProductVersionConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['ProductVersion']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ProductVersionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProductVersionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVersionEdge'] = ResolversParentTypes['ProductVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ProductVersion'], ParentType, ContextType>;
};

export type ProductVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVersion'] = ResolversParentTypes['ProductVersion']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replacedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  replacedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductsImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductsImport'] = ResolversParentTypes['ProductsImport']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ProductsImportState'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  faults?: Resolver<Array<ResolversTypes['ProductsImportFault']>, ParentType, ContextType>;
  faultCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ProductsImportFaultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductsImportFault'] = ResolversParentTypes['ProductsImportFault']> = {
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProductViewedPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductViewedPayload'] = ResolversParentTypes['ProductViewedPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ProductViewsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductViews'] = ResolversParentTypes['ProductViews']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  views?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReservationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationPayload'] = ResolversParentTypes['ReservationPayload']> = {
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReservationState'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['ReservationLine']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ReservationLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationLine'] = ResolversParentTypes['ReservationLine']> = {
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  backordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type InventoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryPayload'] = ResolversParentTypes['InventoryPayload']> = {
  inventory?: Resolver<Maybe<ResolversTypes['Inventory']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LowStockResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LowStock'] = ResolversParentTypes['LowStock']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  variants?: Resolver<Array<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
};

export type LowStockConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LowStockConnection'] = ResolversParentTypes['LowStockConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['LowStock']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['LowStockEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LowStockEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LowStockEdge'] = ResolversParentTypes['LowStockEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LowStock'], ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['Facet']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type FacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes['FacetValue']>, ParentType, ContextType>;
  countsAreExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  selected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  filter?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
};

export type SearchSuggestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchSuggestion'] = ResolversParentTypes['SearchSuggestion']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type ReviewSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSummary'] = ResolversParentTypes['ReviewSummary']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  distribution?: Resolver<Array<ResolversTypes['RatingCount']>, ParentType, ContextType>;
  recent?: Resolver<Array<ResolversTypes['ReviewExcerpt']>, ParentType, ContextType>;
};

export type RatingCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RatingCount'] = ResolversParentTypes['RatingCount']> = {
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewExcerptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewExcerpt'] = ResolversParentTypes['ReviewExcerpt']> = {
  userName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Review']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewPayload'] = ResolversParentTypes['ReviewPayload']> = {
  review?: Resolver<Maybe<ResolversTypes['Review']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  action?: Resolver<ResolversTypes['AuditAction'], ParentType, ContextType>;
  recordType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['AuditChange']>, ParentType, ContextType>;
  changesOmitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userAgent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditChange'] = ResolversParentTypes['AuditChange']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isCut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PromotionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Promotion'] = ResolversParentTypes['Promotion']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PromotionType'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usageLimit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  usedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  perCustomerLimit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minimumTotal?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  productIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  categoryIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  combinable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PromotionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionConnection'] = ResolversParentTypes['PromotionConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['Promotion']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['PromotionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PromotionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionEdge'] = ResolversParentTypes['PromotionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Promotion'], ParentType, ContextType>;
};

export type PromotionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionPayload'] = ResolversParentTypes['PromotionPayload']> = {
  promotion?: Resolver<Maybe<ResolversTypes['Promotion']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CartStatus'], ParentType, ContextType>;
  isPersonal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['CartLine']>, ParentType, ContextType>;
  totalQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  discountCodes?: Resolver<Array<ResolversTypes['CartDiscountCode']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shippingMethod?: Resolver<Maybe<ResolversTypes['ShippingMethod']>, ParentType, ContextType>;
  shippingMethods?: Resolver<Array<ResolversTypes['ShippingMethod']>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['Totals'], ParentType, ContextType>;
  hasWarnings?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['CartLineWarning']>, ParentType, ContextType>;
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CartLineWarningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLineWarning'] = ResolversParentTypes['CartLineWarning']> = {
  code?: Resolver<ResolversTypes['CartWarningCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  was?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  now?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CartDiscountCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartDiscountCode'] = ResolversParentTypes['CartDiscountCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isApplied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['DiscountCodeProblem']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ShippingMethodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingMethod'] = ResolversParentTypes['ShippingMethod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  freeFrom?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type TotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Totals'] = ResolversParentTypes['Totals']> = {
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipping?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  taxIncluded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  taxes?: Resolver<Array<ResolversTypes['TaxTotal']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TaxTotalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxTotal'] = ResolversParentTypes['TaxTotal']> = {
  rate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CartPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartPayload'] = ResolversParentTypes['CartPayload']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  merge?: Resolver<Maybe<Array<ResolversTypes['CartMergeLine']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CartMergeLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartMergeLine'] = ResolversParentTypes['CartMergeLine']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wanted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['CartMergeOutcome'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['CartMergeReason']>, ParentType, ContextType>;
};

export type PaymentMethodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentMethod'] = ResolversParentTypes['PaymentMethod']> = {
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishableKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PaymentState'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confirmUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PaymentAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAccount'] = ResolversParentTypes['PaymentAccount']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishableKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secretKeyEnd?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  noticeSecretEnd?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  noticeUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  captureAtOnce?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  returnOrigins?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PaymentAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAccountPayload'] = ResolversParentTypes['PaymentAccountPayload']> = {
  paymentAccount?: Resolver<Maybe<ResolversTypes['PaymentAccount']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  paymentStatus?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  actions?: Resolver<Array<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  totalQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['Totals'], ParentType, ContextType>;
  paid?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discountCodes?: Resolver<Array<ResolversTypes['OrderDiscountCode']>, ParentType, ContextType>;
  shippingMethod?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fulfillments?: Resolver<Array<ResolversTypes['Fulfillment']>, ParentType, ContextType>;
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fulfilledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderEvent']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  payments?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  attributes?: Resolver<Array<ResolversTypes['Attribute']>, ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isBackordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  taxRate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  openQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fulfilledQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cancelledQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returnedQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderDiscountCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderDiscountCode'] = ResolversParentTypes['OrderDiscountCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type LinePiecesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LinePieces'] = ResolversParentTypes['LinePieces']> = {
  lineId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FulfillmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fulfillment'] = ResolversParentTypes['Fulfillment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['LinePieces']>, ParentType, ContextType>;
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['LinePieces']>, ParentType, ContextType>;
  restock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type OrderEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['OrderEventType'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCountIsExact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderPayload'] = ResolversParentTypes['OrderPayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ErasureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Erasure'] = ResolversParentTypes['Erasure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reviews?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ErasurePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ErasurePayload'] = ResolversParentTypes['ErasurePayload']> = {
  erasure?: Resolver<Maybe<ResolversTypes['Erasure']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CategoryAnalyticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryAnalytics'] = ResolversParentTypes['CategoryAnalytics']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  productCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variantCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalInventory?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reservedInventory?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inventoryValue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  avgPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  minPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  maxPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  priceRange?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reviewCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  averageRating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ProductSalesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductSales'] = ResolversParentTypes['ProductSales']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pieces?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SalesAnalyticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesAnalytics'] = ResolversParentTypes['SalesAnalytics']> = {
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  orders?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  grossRevenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  averageOrderValue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ProductAnalyticsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductAnalytics'] = ResolversParentTypes['ProductAnalytics']> = {
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  productsCreated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  avgPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  totalInventory?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inventoryValue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  events?: Resolver<Array<ResolversTypes['WebhookEvent']>, ParentType, ContextType>;
  query?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pausedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pauseReason?: Resolver<Maybe<ResolversTypes['WebhookPauseReason']>, ParentType, ContextType>;
  secretsInUse?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  secretsAreSealed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, Partial<WebhookDeliveriesArgs>>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  nodes?: Resolver<Array<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['WebhookEvent']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookDeliveryStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  responseBody?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  triedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  nextTryAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookPayload'] = ResolversParentTypes['WebhookPayload']> = {
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookSecretPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookSecretPayload'] = ResolversParentTypes['WebhookSecretPayload']> = {
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookResumePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookResumePayload'] = ResolversParentTypes['WebhookResumePayload']> = {
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  replayed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryReplayPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeliveryReplayPayload'] = ResolversParentTypes['DeliveryReplayPayload']> = {
  replayed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookTestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookTestPayload'] = ResolversParentTypes['WebhookTestPayload']> = {
  request?: Resolver<Maybe<ResolversTypes['WebhookRequest']>, ParentType, ContextType>;
  response?: Resolver<Maybe<ResolversTypes['WebhookResponse']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WebhookRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookRequest'] = ResolversParentTypes['WebhookRequest']> = {
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  headers?: Resolver<Array<ResolversTypes['WebhookHeader']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isSample?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type WebhookHeaderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookHeader'] = ResolversParentTypes['WebhookHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookResponseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookResponse'] = ResolversParentTypes['WebhookResponse']> = {
  isDelivered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  responseBody?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  productChanged?: SubscriptionResolver<ResolversTypes['ProductChange'], "productChanged", ParentType, ContextType, Partial<SubscriptionProductChangedArgs>>;
  inventoryChanged?: SubscriptionResolver<ResolversTypes['InventoryChange'], "inventoryChanged", ParentType, ContextType, RequireFields<SubscriptionInventoryChangedArgs, 'skus'>>;
  cartChanged?: SubscriptionResolver<ResolversTypes['CartChange'], "cartChanged", ParentType, ContextType, RequireFields<SubscriptionCartChangedArgs, 'cartId'>>;
  orderStatusChanged?: SubscriptionResolver<ResolversTypes['OrderStatusChange'], "orderStatusChanged", ParentType, ContextType, RequireFields<SubscriptionOrderStatusChangedArgs, 'orderId'>>;
};

export type ProductChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductChange'] = ResolversParentTypes['ProductChange']> = {
  operation?: Resolver<ResolversTypes['ProductOperation'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  resumeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InventoryChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryChange'] = ResolversParentTypes['InventoryChange']> = {
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inventory?: Resolver<Maybe<ResolversTypes['Inventory']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  resumeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderStatusChange'] = ResolversParentTypes['OrderStatusChange']> = {
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  resumeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CartChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartChange'] = ResolversParentTypes['CartChange']> = {
  cartId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  resumeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  SafeInt?: GraphQLScalarType;
  Currency?: GraphQLScalarType;
  Locale?: GraphQLScalarType;
  URL?: GraphQLScalarType;
  JSONObject?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  MoneyRange?: MoneyRangeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  InvalidInputError?: InvalidInputErrorResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  DuplicateError?: DuplicateErrorResolvers<ContextType>;
  VersionConflictError?: VersionConflictErrorResolvers<ContextType>;
  OutOfStockError?: OutOfStockErrorResolvers<ContextType>;
  PlanLimitError?: PlanLimitErrorResolvers<ContextType>;
  IllegalStateError?: IllegalStateErrorResolvers<ContextType>;
  PaymentDeclinedError?: PaymentDeclinedErrorResolvers<ContextType>;
  IdempotencyMismatchError?: IdempotencyMismatchErrorResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Shop?: ShopResolvers<ContextType>;
  PlanLimits?: PlanLimitsResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantConnection?: TenantConnectionResolvers<ContextType>;
  TenantEdge?: TenantEdgeResolvers<ContextType>;
  TenantPayload?: TenantPayloadResolvers<ContextType>;
  ShopSettings?: ShopSettingsResolvers<ContextType>;
  ShippingSetting?: ShippingSettingResolvers<ContextType>;
  ShopUpdatePayload?: ShopUpdatePayloadResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  SessionPayload?: SessionPayloadResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
  PasswordResetRequestPayload?: PasswordResetRequestPayloadResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyPayload?: ApiKeyPayloadResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  SavedAddress?: SavedAddressResolvers<ContextType>;
  AddressPayload?: AddressPayloadResolvers<ContextType>;
  Pricing?: PricingResolvers<ContextType>;
  Discount?: DiscountResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  VariantPricing?: VariantPricingResolvers<ContextType>;
  Attribute?: AttributeResolvers<ContextType>;
  ProductOption?: ProductOptionResolvers<ContextType>;
  Inventory?: InventoryResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  Media?: MediaResolvers<ContextType>;
  Seo?: SeoResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  ProductPayload?: ProductPayloadResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  ProductVersionConnection?: ProductVersionConnectionResolvers<ContextType>;
  ProductVersionEdge?: ProductVersionEdgeResolvers<ContextType>;
  ProductVersion?: ProductVersionResolvers<ContextType>;
  ProductsImport?: ProductsImportResolvers<ContextType>;
  ProductsImportFault?: ProductsImportFaultResolvers<ContextType>;
  ProductViewedPayload?: ProductViewedPayloadResolvers<ContextType>;
  ProductViews?: ProductViewsResolvers<ContextType>;
  ReservationPayload?: ReservationPayloadResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationLine?: ReservationLineResolvers<ContextType>;
  InventoryPayload?: InventoryPayloadResolvers<ContextType>;
  LowStock?: LowStockResolvers<ContextType>;
  LowStockConnection?: LowStockConnectionResolvers<ContextType>;
  LowStockEdge?: LowStockEdgeResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  SearchSuggestion?: SearchSuggestionResolvers<ContextType>;
  ReviewSummary?: ReviewSummaryResolvers<ContextType>;
  RatingCount?: RatingCountResolvers<ContextType>;
  ReviewExcerpt?: ReviewExcerptResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewPayload?: ReviewPayloadResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditChange?: AuditChangeResolvers<ContextType>;
  Promotion?: PromotionResolvers<ContextType>;
  PromotionConnection?: PromotionConnectionResolvers<ContextType>;
  PromotionEdge?: PromotionEdgeResolvers<ContextType>;
  PromotionPayload?: PromotionPayloadResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  CartLineWarning?: CartLineWarningResolvers<ContextType>;
  CartDiscountCode?: CartDiscountCodeResolvers<ContextType>;
  ShippingMethod?: ShippingMethodResolvers<ContextType>;
  Totals?: TotalsResolvers<ContextType>;
  TaxTotal?: TaxTotalResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  CartPayload?: CartPayloadResolvers<ContextType>;
  CartMergeLine?: CartMergeLineResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentAccount?: PaymentAccountResolvers<ContextType>;
  PaymentAccountPayload?: PaymentAccountPayloadResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderDiscountCode?: OrderDiscountCodeResolvers<ContextType>;
  LinePieces?: LinePiecesResolvers<ContextType>;
  Fulfillment?: FulfillmentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderPayload?: OrderPayloadResolvers<ContextType>;
  Erasure?: ErasureResolvers<ContextType>;
  ErasurePayload?: ErasurePayloadResolvers<ContextType>;
  CategoryAnalytics?: CategoryAnalyticsResolvers<ContextType>;
  ProductSales?: ProductSalesResolvers<ContextType>;
  SalesAnalytics?: SalesAnalyticsResolvers<ContextType>;
  ProductAnalytics?: ProductAnalyticsResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookPayload?: WebhookPayloadResolvers<ContextType>;
  WebhookSecretPayload?: WebhookSecretPayloadResolvers<ContextType>;
  WebhookResumePayload?: WebhookResumePayloadResolvers<ContextType>;
  DeliveryReplayPayload?: DeliveryReplayPayloadResolvers<ContextType>;
  WebhookTestPayload?: WebhookTestPayloadResolvers<ContextType>;
  WebhookRequest?: WebhookRequestResolvers<ContextType>;
  WebhookHeader?: WebhookHeaderResolvers<ContextType>;
  WebhookResponse?: WebhookResponseResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  ProductChange?: ProductChangeResolvers<ContextType>;
  InventoryChange?: InventoryChangeResolvers<ContextType>;
  OrderStatusChange?: OrderStatusChangeResolvers<ContextType>;
  CartChange?: CartChangeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  public?: PublicDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
  cost?: CostDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
