import { isDeepStrictEqual } from 'node:util';
import { BSON } from 'mongodb';
import { AppError } from '../../../platform/errors.ts';
import type { Product, Variant } from '../documents.ts';
import { type Change, changedProduct, type NewProduct, newProduct } from '../product-document.ts';
import { skuPlaces } from './claimed-keys.ts';
import { completedDraft } from './completed-draft.ts';
import { Faults } from './faults.ts';
import type { ImportedCategories } from './import-categories.ts';
import type { Fault, Note, StatedProduct } from './import-source.ts';

/** What an import does about one product of the file. */
export type Plan = Write | NoWrite;

export type Write = { stated: StatedProduct; document: NewProduct; notes: Note[] } & (
  | { outcome: 'created' }
  | { outcome: 'updated'; before: Product }
);

export type NoWrite = { stated: StatedProduct } & (
  | { outcome: 'refused'; faults: Fault[] }
  | { outcome: 'unchanged' }
);

/** What the shop has that a batch touches. */
export type Shop = {
  bySlug: Map<string, Product>;
  /** The slug of the product that has a SKU. */
  ownerOfSku: Map<string, string>;
  categories: ImportedCategories;
};

const LARGEST_DOCUMENT = 8 * 1024 * 1024;

export async function planProduct(stated: StatedProduct, shop: Shop, change: Change): Promise<Plan> {
  const faults = new Faults(stated.draft.slug);
  const before = shop.bySlug.get(stated.draft.slug);
  checkOwners(stated, shop, faults);
  checkCurrency(stated, before, faults);
  if (faults.all.length > 0) return { stated, outcome: 'refused', faults: faults.all };
  try {
    return await planDocument(stated, before, shop, change);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'BAD_USER_INPUT') throw error;
    return refusal(stated, error.message);
  }
}

export function refusal(stated: StatedProduct, reason: string, column: string | null = null): NoWrite {
  const faults = new Faults(stated.draft.slug);
  faults.add(stated.place.line, column, reason);
  return { stated, outcome: 'refused', faults: faults.all };
}

function checkOwners(stated: StatedProduct, { ownerOfSku }: Shop, faults: Faults) {
  for (const [sku, { line, column }] of skuPlaces(stated)) {
    const owner = ownerOfSku.get(sku);
    if (owner === undefined || owner === stated.draft.slug) continue;
    faults.add(line, column, `The SKU "${sku}" belongs to the product "${owner}" of the shop`, sku);
  }
}

/** Amounts without a currency would be taken for what they are not. */
function checkCurrency({ draft, silent, place }: StatedProduct, before: Product | undefined, faults: Faults) {
  const currency = before?.pricing.currency ?? draft.pricing.currency;
  if (!silent.has('currency') || currency === draft.pricing.currency) return;
  faults.add(
    place.line,
    null,
    `The product has prices in ${currency}; the import takes the file's for ${draft.pricing.currency}`,
  );
}

async function planDocument(
  stated: StatedProduct,
  before: Product | undefined,
  shop: Shop,
  change: Change,
): Promise<Plan> {
  const category = await categoryOf(stated, before, shop.categories);
  if (category === undefined) {
    return refusal(stated, 'The shop has no category with this slug', 'category');
  }
  if (!before) {
    const document = newProduct(stated.draft, category, change);
    return sized({ stated, outcome: 'created', document, notes: stated.notes });
  }
  const document = changedProduct(before, completedDraft(stated, before), category, change);
  if (isDeepStrictEqual(statementOf(before), statementOf(document))) return { stated, outcome: 'unchanged' };
  const removed = removedVariants(stated, before);
  const promised = removed.find(({ inventory }) => inventory.reserved > 0);
  if (promised) {
    const { sku, inventory } = promised;
    return refusal(
      stated,
      `The file leaves out the variant "${sku}", of which ${inventory.reserved} are reserved`,
    );
  }
  return sized({
    stated,
    outcome: 'updated',
    document,
    before,
    notes: [...stated.notes, ...noteOf(stated, removed)],
  });
}

function categoryOf(
  { category, silent }: StatedProduct,
  before: Product | undefined,
  known: ImportedCategories,
) {
  if (!before || !silent.has('category')) return known.find(category);
  return before.category && known.byId(before.category._id);
}

/** What a file can change of a product; all else is worked out from it, or belongs to others. */
function statementOf({ pricing, category, variants, ...product }: NewProduct) {
  const { currency, basePrice, salePrice, cost, taxRate, discounts } = pricing;
  const { sku, name, slug, description, status, tags, searchKeywords, media, seo } = product;
  return {
    ...{ sku, name, slug, description, status, tags, searchKeywords, media, seo },
    pricing: { currency, basePrice, salePrice, cost, taxRate, discounts },
    category: category && { ...category, _id: category._id.toHexString() },
    variants: variants.map(({ _id, ...variant }) => variant),
  };
}

function removedVariants({ draft }: StatedProduct, before: Product): Variant[] {
  const kept = new Set(draft.variants.map(({ sku }) => sku));
  return before.variants.filter(({ sku }) => !kept.has(sku));
}

function noteOf({ draft, place }: StatedProduct, removed: Variant[]): Note[] {
  if (removed.length === 0) return [];
  const skus = removed.map(({ sku }) => sku).join(', ');
  return [
    { line: place.line, product: draft.slug, text: `Variants that the file leaves out are gone: ${skus}` },
  ];
}

function sized(plan: Write): Plan {
  const size = BSON.calculateObjectSize(plan.document);
  if (size <= LARGEST_DOCUMENT) return plan;
  return refusal(
    plan.stated,
    `The product takes ${mebibytes(size)}; at most ${mebibytes(LARGEST_DOCUMENT)} fit`,
  );
}

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
