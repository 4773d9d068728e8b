import type { ObjectId } from 'mongodb';
import type { Address } from '../customers/addresses.ts';

export type CartStatus = 'OPEN' | 'CHECKED_OUT' | 'ABANDONED' | 'MERGED';

/** Pieces of one variant; a cart has one line for each variant. */
export type CartLine = {
  _id: ObjectId;
  productId: ObjectId;
  variantId: ObjectId;
  /** Name and sku as they were when the line was added, for when the product is gone. */
  name: string;
  sku: string;
  quantity: number;
  /** What a piece cost, without codes, when the buyer last said that they want it so. */
  seenPrice: number;
  addedAt: Date;
};

/** What somebody thinks of buying. It holds no prices that count: those are worked out at each read. */
export type Cart = {
  /** 128 random bits: who has it may read and change an anonymous cart. */
  _id: string;
  tenantId: ObjectId;
  /** Whose it is; null for a cart that is anybody's who knows its id. */
  userId: ObjectId | null;
  status: CartStatus;
  lines: CartLine[];
  codes: string[];
  currency: string;
  email: string | null;
  shippingMethodId: string | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  /** Of one that was bought: the order. Of one that was merged: the cart that has its lines now. */
  orderId: ObjectId | null;
  mergedInto: string | null;
  /** How many reservations of its checkouts came to nothing; absent for none. It is no change of the cart. */
  checkoutTries?: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
};

export type NewCart = Omit<Cart, 'tenantId'>;
