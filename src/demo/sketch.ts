import type { ShippingMethod } from '../domains/tenants/collections.ts';

/** How the demo shops are written down by hand; `demo-shops.ts` makes drafts of it. Days count from now. */

/** From and to, in days from now: [-4, 9] began four days ago and ends in nine. */
export type Days = readonly [number, number];

export type Offer = { off: string; days: Days; code?: string; from?: number };

export type ProductSketch = {
  sku: string;
  name: string;
  category: string;
  status?: 'DRAFT' | 'ARCHIVED';
  price: string;
  sale?: string;
  /** A fraction, where it is not that of the shop. */
  taxRate?: number;
  cost: string;
  description: string;
  /** What each photo shows. */
  photos: readonly string[];
  tags: readonly string[];
  keywords: readonly string[];
  /** One variant for each combination of values; none means one variant without attributes. */
  options?: Record<string, readonly string[]>;
  /** The base price of variants with this value of an option, where it is not the product's. */
  priceOf?: Record<string, string>;
  saleOf?: Record<string, string>;
  stock?: StockLevel;
  /** The stock of variants with this value of an option. */
  stockOf?: Record<string, StockLevel>;
  /** Days since it was first listed. */
  age: number;
  offers?: readonly Offer[];
  /** What the cheapest variant cost before; the last one ended when the prices of today began. */
  past?: readonly { price: string; days: Days }[];
  reviews?: { count: number; mood: Mood; voice: string };
};

export type StockLevel = 'plenty' | 'low' | 'none';

/** How a product is received: it decides how many of its reviews give which rating. */
export type Mood = 'loved' | 'liked' | 'divided';

export type CategorySketch = {
  slug: string;
  name: string;
  description: string;
  children?: readonly CategorySketch[];
};

/** A title and what follows it. */
export type Opinion = readonly [title: string, text: string];

/** What people say of one kind of product; a review is an opinion and, mostly, one sentence more. */
export type Voice = {
  love: readonly Opinion[];
  like: readonly Opinion[];
  mixed: readonly Opinion[];
  dislike: readonly Opinion[];
  praise: readonly string[];
  gripes: readonly string[];
};

/** A review written out whole. */
export type WrittenReview = readonly [rating: 1 | 2 | 3 | 4 | 5, title: string, text: string];

/** By the sku of the product. */
export type WrittenReviews = Record<string, readonly WrittenReview[]>;

export type ShopSketch = {
  name: string;
  subdomain: string;
  plan: 'FREE' | 'PRO' | 'ENTERPRISE';
  currency: string;
  locale: string;
  taxRate: number;
  storefront: Record<string, unknown>;
  /** How goods are sent; amounts are minor units of the currency. */
  shipping: readonly ShippingMethod[];
  categories: readonly CategorySketch[];
  products: readonly ProductSketch[];
  reviewers: readonly string[];
  written: WrittenReviews;
  voices: Record<string, Voice>;
};
