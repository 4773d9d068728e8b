import type { ObjectId } from 'mongodb';
import type { Discount } from '../pricing/discounts.ts';
import type { Media, ProductStatus, VariantPricing } from './documents.ts';

/** A product as a person or an importer states it; everything else in the document is worked out from it. */
export type ProductDraft = {
  /** Given only where the id must be the same each time (demo data). */
  _id?: ObjectId;
  sku: string;
  name: string;
  /** Made from the name when absent. */
  slug?: string;
  description: string | null;
  status: ProductStatus;
  pricing: {
    currency: string;
    basePrice: number;
    salePrice: number | null;
    cost: number | null;
    taxRate: number;
    discounts: Discount[];
  };
  variants: VariantDraft[];
  tags: string[];
  searchKeywords: string[];
  media: Media[];
  seo: { title: string | null; description: string | null };
};

export type VariantDraft = {
  _id?: ObjectId;
  sku: string;
  attributes: Record<string, string>;
  /** Units on hand. */
  quantity: number;
  /** Whether it may be sold although it is not there; it may not when absent. */
  backorder?: boolean;
  pricing: VariantPricing;
  media: Media[];
};
