import { Faults } from './faults.ts';
import type { Place, SourceItem, StatedProduct } from './import-source.ts';

/** The slugs and SKUs that the products of one file have taken: each is there once, over products and variants. */
export class ClaimedKeys {
  readonly #slugs = new Map<string, number>();
  readonly #skus = new Map<string, number>();

  /** The product itself, or its refusal because an earlier one has what it wants. */
  claim(product: StatedProduct): SourceItem {
    const { draft, place } = product;
    const faults = new Faults(draft.slug);
    const before = this.#slugs.get(draft.slug);
    if (before) {
      faults.add(place.line, place.column, `This product is on line ${before} already`, draft.slug);
    } else {
      this.#checkSkus(product, faults);
    }
    if (faults.all.length > 0) return { kind: 'refused', faults: faults.all };
    this.#slugs.set(draft.slug, place.line);
    for (const [sku, { line }] of skuPlaces(product)) this.#skus.set(sku, line);
    return product;
  }

  #checkSkus(product: StatedProduct, faults: Faults) {
    for (const [sku, { line, column }] of skuPlaces(product)) {
      const taken = this.#skus.get(sku);
      if (taken) faults.add(line, column, `The SKU "${sku}" is taken by the product on line ${taken}`, sku);
    }
  }
}

/** Every SKU of a product and its variants, and where the file has it. */
export function skuPlaces({ draft, place, variantPlaces }: StatedProduct): Map<string, Place> {
  const places = new Map([[draft.sku, place]]);
  draft.variants.forEach(({ sku }, index) => {
    places.set(sku, variantPlaces[index] ?? place);
  });
  return places;
}
