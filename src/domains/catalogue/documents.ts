import type { ObjectId } from 'mongodb';
import type { Edge } from '../../platform/graphql/connection.ts';
import type { Discount } from '../pricing/discounts.ts';
import type { PriceSpan } from '../pricing/price-history.ts';

export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED';

/** Prices are integers in the minor unit of `currency`; `taxRate` is a fraction (0.19). */
export type ProductPricing = {
  currency: string;
  basePrice: number;
  salePrice: number | null;
  cost: number | null;
  taxRate: number;
  discounts: Discount[];
  /** When the prices as they stand here took effect. */
  since: Date;
  /** What the cheapest variant was offered for before `since`, for the last 30 days. */
  history: PriceSpan[];
};

/** A null price means: as the product. */
export type VariantPricing = { basePrice: number | null; salePrice: number | null };

/** quantity = reserved + available, always. */
export type VariantInventory = {
  /** Pieces on hand that are not sold: those promised to somebody, and those that can be bought. */
  quantity: number;
  reserved: number;
  available: number;
  /** Pieces sold that are still to come; the next ones that come in are theirs. */
  backordered: number;
};

export type Media = { url: string; alt: string | null; position: number };

export type Variant = {
  _id: ObjectId;
  sku: string;
  attributes: Record<string, string>;
  inventory: VariantInventory;
  /** May be sold although it is not there. */
  backorder: boolean;
  pricing: VariantPricing;
  media: Media[];
};

/** What a reservation holds of one product. */
export type Hold = { _id: ObjectId; lines: HeldLine[] };

/** `backordered` pieces are not there, and so nothing is taken from what can be bought. */
export type HeldLine = { variantId: ObjectId; quantity: number; backordered: boolean };

/** The copy of a category inside each of its products. */
export type CategoryCopy = { _id: ObjectId; name: string; path: string[]; slug: string };

export type ReviewExcerpt = { userName: string; rating: number; comment: string | null; createdAt: Date };

export type ReviewSummary = {
  count: number;
  average: number | null;
  /** How many reviews gave each rating, keyed '1' to '5'; nothing depends on the order of the keys. */
  distribution: Record<'1' | '2' | '3' | '4' | '5', number>;
  recent: ReviewExcerpt[];
};

/** What lists sort, filter and search by; written in the same update as the fields that it is worked out from. */
export type ProductKeys = {
  /** Lowest effective price of the variants until `priceChangesAt` (null: no discount starts or ends any more). */
  price: number;
  priceChangesAt: Date | null;
  /** The skus of the product and of its variants. */
  skus: string[];
  /** The name folded for sorting: lower case, without diacritics. */
  name: string;
  /** Average rating, 0 without reviews. */
  rating: number;
  /** Stemmed words of the name · of keywords, tags, categories and attributes · of the description; each stands once. */
  nameTerms: string[];
  keywordTerms: string[];
  terms: string[];
  /** Ranks products that match a search equally well; higher is better. */
  rank: number;
};

export type Product = {
  _id: ObjectId;
  tenantId: ObjectId;
  sku: string;
  name: string;
  slug: string;
  /** Slugs that it had before, which still lead to it. */
  formerSlugs: string[];
  description: string | null;
  status: ProductStatus;
  pricing: ProductPricing;
  category: CategoryCopy | null;
  /** The category and its ancestors, so that "with descendants" is one equality. */
  categoryIds: ObjectId[];
  variants: Variant[];
  /** Of reservations that are neither settled nor folded (see inventory/folding.ts); their ids are the reservations'. */
  holds: Hold[];
  /** Only reservations stamped later may still place a hold: one that was taken out does not come back. */
  holdsFrom: Date;
  reviews: ReviewSummary;
  /** Pieces that were sold in the last 30 days, as last counted (see analytics/best-sellers.ts). */
  soldRecently: number;
  tags: string[];
  searchKeywords: string[];
  media: Media[];
  seo: { title: string | null; description: string | null };
  keys: ProductKeys;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string | null;
  updatedBy: string | null;
  isDeleted: boolean;
  deletedAt: Date | null;
};

export type Category = {
  _id: ObjectId;
  tenantId: ObjectId;
  name: string;
  slug: string;
  description: string | null;
  parentId: ObjectId | null;
  /** From the root down to the parent. */
  ancestorIds: ObjectId[];
  /** Names from the root down to this category. */
  path: string[];
  depth: number;
  position: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** Set while the copies in its products are older than it is. */
  copiesDueSince: Date | null;
  /** Of a deleted category: the one that took its products. */
  movedTo?: ObjectId | null;
  isDeleted: boolean;
  deletedAt: Date | null;
};

/** A term by which products are found, and the ways to it for somebody who types it in part or wrongly. */
export type VocabularyTerm = {
  _id: ObjectId;
  tenantId: ObjectId;
  term: string;
  /** The forms in which products have it, the most common first. */
  words: string[];
  /** The one to show to people; null when there is none. */
  shown: string | null;
  /** The first one, two and three letters of the words. */
  starts: string[];
  /** See storedTypoKeys. */
  typoKeys: string[];
  /** How many active products have the term, and how many of them in their name, as last counted. */
  products: number;
  inNames: number;
};

export type ProductEdge = Edge<Product>;
