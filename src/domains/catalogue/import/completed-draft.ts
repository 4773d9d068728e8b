import type { Product } from '../documents.ts';
import type { ProductDraft, VariantDraft } from '../product-draft.ts';
import type { SilentField, StatedProduct } from './import-source.ts';

/** The draft of a product that is in the shop already: what the file is silent about, it has as it is. */
export function completedDraft({ draft, silent }: StatedProduct, before: Product): ProductDraft {
  const keep = <V>(field: SilentField, stated: V, stored: V): V => (silent.has(field) ? stored : stated);
  const former = new Map(before.variants.map((variant) => [variant.sku, variant]));
  const completed = (variant: VariantDraft): VariantDraft => {
    const known = former.get(variant.sku);
    if (!known) return variant;
    return {
      ...variant,
      quantity: keep('quantity', variant.quantity, known.inventory.quantity),
      media: keep('variantMedia', variant.media, known.media),
    };
  };
  return {
    ...draft,
    sku: keep('sku', draft.sku, before.sku),
    description: keep('description', draft.description, before.description),
    status: keep('status', draft.status, before.status),
    pricing: {
      ...draft.pricing,
      cost: keep('cost', draft.pricing.cost, before.pricing.cost),
      taxRate: keep('taxRate', draft.pricing.taxRate, before.pricing.taxRate),
      discounts: keep('discounts', draft.pricing.discounts, before.pricing.discounts),
    },
    variants: draft.variants.map(completed),
    tags: keep('tags', draft.tags, before.tags),
    searchKeywords: keep('searchKeywords', draft.searchKeywords, before.searchKeywords),
    media: keep('media', draft.media, before.media),
    seo: keep('seo', draft.seo, before.seo),
  };
}
