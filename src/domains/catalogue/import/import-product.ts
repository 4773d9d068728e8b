import { isDeepStrictEqual } from 'node:util';
import { AppError, UserError } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import type { Category, Product, Variant } from '../documents.ts';
import { refuseOverPlan } from '../plan-limit.ts';
import { changedProduct, type NewProduct, newProduct } from '../product-document.ts';
import { insertProduct, replaceProduct } from '../save-product.ts';
import { skuPlaces } from './claimed-keys.ts';
import { completedDraft } from './completed-draft.ts';
import { Faults } from './faults.ts';
import type { Shop } from './import-shop.ts';
import type { Fault, Note, StatedProduct } from './import-source.ts';

/** What became of one product of the file. */
export type ProductResult =
  | { outcome: 'refused'; faults: Fault[] }
  | { outcome: 'unchanged'; variants: number }
  | { outcome: 'created' | 'updated'; variants: number; notes: Note[] };

/** Brings one product in, in the batch's transaction, or says why not. */
export async function importProduct(
  tx: TenantDb,
  stated: StatedProduct,
  shop: Shop,
  mostProducts: number,
): Promise<ProductResult> {
  const before = shop.bySlug.get(stated.draft.slug);
  const faults = new Faults(stated.draft.slug);
  checkOwners(stated, shop, faults);
  checkCurrency(stated, before, faults);
  if (faults.all.length > 0) return { outcome: 'refused', faults: faults.all };
  try {
    if (!before) await refuseOverPlan(tx, mostProducts);
    const category = await categoryOf(stated, before, shop);
    if (category === undefined) return refusal(stated, 'The shop has no category with this slug', 'category');
    return before ? await change(tx, stated, before, category) : await create(tx, stated, category);
  } catch (error) {
    const reason = unwritten(error);
    if (reason === null) throw error;
    return refusal(stated, reason);
  }
}

export function refusal(
  { draft, place }: StatedProduct,
  reason: string,
  column: string | null = null,
): ProductResult {
  const faults = new Faults(draft.slug);
  faults.add(place.line, column, reason);
  return { outcome: 'refused', faults: faults.all };
}

/** The reason of a refusal that comes before anything is written, so that the transaction can go on without it. */
function unwritten(error: unknown): string | null {
  if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return error.message;
  if (error instanceof UserError && ['INVALID', 'LIMIT_EXCEEDED'].includes(error.code)) {
    return error.message;
  }
  return null;
}

async function create(
  tx: TenantDb,
  { draft, notes }: StatedProduct,
  category: Category | null,
): Promise<ProductResult> {
  await insertProduct(tx, newProduct(draft, category, { at: tx.now(), by: tx.origin.actor }));
  return { outcome: 'created', variants: draft.variants.length, notes };
}

async function change(
  tx: TenantDb,
  stated: StatedProduct,
  before: Product,
  category: Category | null,
): Promise<ProductResult> {
  const draft = completedDraft(stated, before);
  const document = changedProduct(before, draft, category, { at: tx.now(), by: tx.origin.actor });
  const variants = draft.variants.length;
  if (isDeepStrictEqual(statementOf(before), statementOf(document)))
    return { outcome: 'unchanged', variants };
  const gone = removedVariants(stated, before);
  await replaceProduct(tx, before, document);
  return { outcome: 'updated', variants, notes: [...stated.notes, ...noteOf(stated, gone)] };
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
  const own = before?.pricing.currency ?? draft.pricing.currency;
  if (!silent.has('currency') || own === draft.pricing.currency) return;
  const reason = `The product has prices in ${own}; the import takes the file's for ${draft.pricing.currency}`;
  faults.add(place.line, null, reason);
}

async function categoryOf(stated: StatedProduct, before: Product | undefined, { categories }: Shop) {
  if (before && stated.silent.has('category')) return before.category && categories.byId(before.category._id);
  return categories.find(stated.category);
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
  const text = `Variants that the file leaves out are gone: ${skus}`;
  return [{ line: place.line, product: draft.slug, text }];
}
