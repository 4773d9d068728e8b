import type { ObjectId } from 'mongodb';
import type { Counted, Edge } from '../../platform/graphql/connection.ts';
import type { Page } from '../../platform/mongo/page.ts';

export type PromotionType = 'PERCENTAGE' | 'FIXED_AMOUNT' | 'FREE_SHIPPING';

/** A discount for those who give its code. Amounts are minor units of `currency`; null limits nothing. */
export type Promotion = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** As the staff writes it; `codeKey` is the same folded, and unique. */
  code: string;
  codeKey: string;
  description: string | null;
  type: PromotionType;
  /** Basis points of a percentage, or a fixed amount. */
  value: number;
  currency: string;
  startsAt: Date | null;
  endsAt: Date | null;
  usageLimit: number | null;
  /**
   * Whether `usedCount` is kept, from the beginning on or never. A code that anybody may use is not counted: all
   * orders of a sale would wait in line for its one number. Its uses are its redemptions.
   */
  isCounted: boolean;
  usedCount: number;
  perCustomerLimit: number | null;
  minimumTotal: number | null;
  /** What it is for; with all three empty, for everything. */
  productIds: ObjectId[];
  categoryIds: ObjectId[];
  tags: string[];
  combinable: boolean;
  isActive: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string | null;
  updatedBy: string | null;
  isDeleted: boolean;
  deletedAt: Date | null;
};

/** One order's use of a code; gone when the order is cancelled. */
export type Redemption = {
  _id: ObjectId;
  tenantId: ObjectId;
  promotionId: ObjectId;
  code: string;
  orderId: ObjectId;
  /** Each way in which the customer may be known again: account, and address as a hash. */
  customers: string[];
  /**
   * Which of the uses that one customer has, 1 up to the limit: it is unique per customer, so the index itself holds
   * the limit. The order's id where there is no such limit.
   */
  use: number | ObjectId;
  at: Date;
};

export type PromotionEdge = Edge<Promotion>;
export type PromotionList = Page<Promotion> & Counted;
