import { invalid, UserError } from '../../platform/errors.ts';
import type {
  AttributeInput,
  DiscountInput,
  MediaInput,
  PricingPatchInput,
  ProductUpdateInput,
  ProductUpsertInput,
  VariantInput,
} from '../../schema.types.ts';
import type { Discount } from '../pricing/discounts.ts';
import { toMinor } from '../pricing/money.ts';
import type { Media, Product, Variant } from './documents.ts';
import type { ProductDraft, VariantDraft } from './product-draft.ts';
import { readSlug } from './slug.ts';

const MAX_LIST = 250;
const MAX_TEXT = 100_000;
const BASIS_POINTS = 10_000;

/** What a client may say of a product, in whichever call; `variants` are those to add or change. */
export type ProductPatch = Omit<ProductUpdateInput, 'id' | 'expectedVersion' | 'idempotencyKey'> &
  Pick<ProductUpsertInput, 'variants'>;

type Present<T> = T | null | undefined;

/** The product with what the patch says: absent stays, null clears. `before` is null for a new product. */
export function patchedDraft(
  before: ProductDraft | null,
  patch: ProductPatch,
  shopCurrency: string,
): ProductDraft {
  const pricing = patchedPricing(before?.pricing ?? null, patch.pricing ?? {}, shopCurrency);
  const draft: ProductDraft = {
    sku: required(patch.sku ?? before?.sku, 'sku'),
    name: required(patch.name ?? before?.name, 'name'),
    description: kept(patch.description, before?.description ?? null),
    status: patch.status ?? before?.status ?? 'DRAFT',
    pricing,
    variants: patchedVariants(before?.variants ?? [], patch.variants ?? [], pricing.currency),
    tags: texts(patch.tags, before?.tags, 'tags'),
    searchKeywords: texts(patch.searchKeywords, before?.searchKeywords, 'searchKeywords'),
    media: patch.media === undefined ? (before?.media ?? []) : mediaOf(patch.media ?? [], 'media'),
    seo:
      patch.seo === undefined
        ? (before?.seo ?? { title: null, description: null })
        : { title: patch.seo?.title ?? null, description: patch.seo?.description ?? null },
  };
  const slug = patch.slug ?? before?.slug;
  if (slug !== undefined) draft.slug = readSlug(slug);
  checkTexts(draft);
  checkSkus(draft);
  return draft;
}

/** What was stated of a product, read back out of its document. */
export const draftOf = (product: Product): ProductDraft & { slug: string } => ({
  sku: product.sku,
  name: product.name,
  slug: product.slug,
  description: product.description,
  status: product.status,
  pricing: {
    currency: product.pricing.currency,
    basePrice: product.pricing.basePrice,
    salePrice: product.pricing.salePrice,
    cost: product.pricing.cost,
    taxRate: product.pricing.taxRate,
    discounts: product.pricing.discounts,
  },
  variants: product.variants.map(variantDraftOf),
  tags: product.tags,
  searchKeywords: product.searchKeywords,
  media: product.media,
  seo: product.seo,
});

const variantDraftOf = ({ inventory, ...variant }: Variant): VariantDraft => ({
  ...variant,
  quantity: inventory.quantity,
});

/** Null clears, absent keeps. */
const kept = <T>(patch: Present<T>, before: T | null): T | null => (patch === undefined ? before : patch);

function required(text: Present<string>, name: string): string {
  if (text == null) throw invalid(`A new product needs a ${name}`, 'input', name);
  const trimmed = text.trim();
  if (trimmed === '') throw invalid(`The ${name} is empty`, 'input', name);
  return trimmed;
}

function texts(patch: Present<readonly string[]>, before: string[] | undefined, name: string): string[] {
  if (patch === undefined) return before ?? [];
  const stated = [...new Set((patch ?? []).map((text) => text.trim()).filter(Boolean))];
  checkLength(stated, name);
  return stated;
}

function checkLength(list: readonly unknown[], ...path: string[]) {
  if (list.length > MAX_LIST)
    throw invalid(`At most ${MAX_LIST} at once, not ${list.length}`, 'input', ...path);
}

function checkTexts({ name, sku, description }: ProductDraft) {
  const within = (text: string, most: number, field: string) => {
    if (text.length > most) throw invalid(`At most ${most} characters, not ${text.length}`, 'input', field);
  };
  within(name, 500, 'name');
  within(sku, 100, 'sku');
  within(description ?? '', MAX_TEXT, 'description');
}

/** A sku stands once, over the product and its variants. */
function checkSkus({ sku, variants }: ProductDraft) {
  const seen = new Set([sku]);
  variants.forEach((variant, i) => {
    if (seen.has(variant.sku)) {
      const message = `The sku ${variant.sku} stands twice in this product; each variant, and the product, has its own`;
      throw new UserError('DUPLICATE', message, ['input', 'variants', String(i), 'sku'], {
        existingId: null,
      });
    }
    seen.add(variant.sku);
  });
}

function patchedPricing(
  before: ProductDraft['pricing'] | null,
  patch: PricingPatchInput,
  shopCurrency: string,
): ProductDraft['pricing'] {
  const currency = before?.currency ?? patch.currency ?? shopCurrency;
  if (patch.currency != null && patch.currency !== currency) {
    throw invalid(
      `The product has its prices in ${currency}; they cannot become ${patch.currency}`,
      'input',
      'pricing',
      'currency',
    );
  }
  const basePrice =
    patch.basePrice == null ? before?.basePrice : price(patch.basePrice, currency, 'pricing', 'basePrice');
  if (basePrice === undefined)
    throw invalid('A new product needs a base price', 'input', 'pricing', 'basePrice');
  const patched = (amount: Present<string>, stands: number | null | undefined, name: string) =>
    amount === undefined
      ? (stands ?? null)
      : amount === null
        ? null
        : price(amount, currency, 'pricing', name);
  return {
    currency,
    basePrice,
    salePrice: patched(patch.salePrice, before?.salePrice, 'salePrice'),
    cost: patched(patch.cost, before?.cost, 'cost'),
    taxRate: readTaxRate(patch.taxRate ?? before?.taxRate ?? 0),
    discounts:
      patch.discounts === undefined
        ? (before?.discounts ?? [])
        : (patch.discounts ?? []).map((discount, i) => readDiscount(discount, currency, i)),
  };
}

function readTaxRate(rate: number): number {
  if (rate >= 0 && rate <= 1) return rate;
  throw invalid(
    `A tax rate is a fraction from 0 to 1, such as 0.19, not ${rate}`,
    'input',
    'pricing',
    'taxRate',
  );
}

/** Minor units of a decimal that is not below zero. */
function price(decimal: string, currency: string, ...path: string[]): number {
  const minor = toMinor(decimal, currency, path.join('.'));
  if (minor < 0) throw invalid(`A price is not below zero: ${decimal}`, 'input', ...path);
  return minor;
}

function readDiscount(input: DiscountInput, currency: string, i: number): Discount {
  const path = ['pricing', 'discounts', String(i)];
  if (input.validFrom >= input.validTo) {
    throw invalid('A discount ends after it starts', 'input', ...path, 'validTo');
  }
  const minQuantity = input.minQuantity ?? 1;
  if (minQuantity < 1)
    throw invalid(`A discount applies from 1 piece on, not ${minQuantity}`, 'input', ...path, 'minQuantity');
  const code = input.code?.trim() || null;
  const value =
    input.type === 'PERCENTAGE'
      ? basisPoints(input.value, ...path, 'value')
      : price(input.value, currency, ...path, 'value');
  return { type: input.type, value, validFrom: input.validFrom, validTo: input.validTo, code, minQuantity };
}

/** "15.5" is 1550. */
export function basisPoints(decimal: string, ...path: string[]): number {
  const [, whole = '', decimals = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(decimal) ?? [];
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  if (whole !== '' && value <= BASIS_POINTS) return value;
  throw invalid(`A percentage is 0 to 100 with at most two decimals, not ${decimal}`, 'input', ...path);
}

function patchedVariants(
  before: VariantDraft[],
  patches: readonly VariantInput[],
  currency: string,
): VariantDraft[] {
  checkLength(patches, 'variants');
  const variants = new Map(before.map((variant) => [variant.sku, variant]));
  const stated = new Set<string>();
  patches.forEach((patch, i) => {
    const sku = patch.sku.trim();
    if (sku === '') throw invalid('The sku is empty', 'input', 'variants', String(i), 'sku');
    if (stated.has(sku))
      throw invalid(`The sku ${sku} is stated twice`, 'input', 'variants', String(i), 'sku');
    stated.add(sku);
    variants.set(sku, patchedVariant(variants.get(sku), { ...patch, sku }, currency, i));
  });
  return [...variants.values()];
}

function patchedVariant(
  before: VariantDraft | undefined,
  patch: VariantInput,
  currency: string,
  i: number,
): VariantDraft {
  const path = ['variants', String(i)];
  const { pricing } = patch;
  const own = (amount: Present<string>, stands: number | null | undefined, name: string) =>
    amount === undefined
      ? (stands ?? null)
      : amount === null
        ? null
        : price(amount, currency, ...path, 'pricing', name);
  const quantity = patch.quantity ?? before?.quantity ?? 0;
  if (quantity < 0) throw invalid(`There cannot be ${quantity} pieces`, 'input', ...path, 'quantity');
  return {
    ...(before?._id && { _id: before._id }),
    sku: patch.sku,
    attributes: patch.attributes == null ? (before?.attributes ?? {}) : attributesOf(patch.attributes, path),
    quantity,
    backorder: patch.backorder ?? before?.backorder ?? false,
    pricing: {
      basePrice: own(pricing === null ? null : pricing?.basePrice, before?.pricing.basePrice, 'basePrice'),
      salePrice: own(pricing === null ? null : pricing?.salePrice, before?.pricing.salePrice, 'salePrice'),
    },
    media: patch.media === undefined ? (before?.media ?? []) : mediaOf(patch.media ?? [], ...path, 'media'),
  };
}

/** Attributes are stored as an object, so their names must be names that MongoDB and JavaScript leave alone. */
function attributesOf(inputs: readonly AttributeInput[], path: string[]): Record<string, string> {
  const attributes = inputs.map(({ name, value }, i): [string, string] => {
    const at = ['input', ...path, 'attributes', String(i)];
    if (!isAttributeName(name)) {
      throw invalid(
        `An attribute's name has no $, no dot and is not empty: ${JSON.stringify(name)}`,
        ...at,
        'name',
      );
    }
    return [name.trim(), value.trim()];
  });
  if (new Set(attributes.map(([name]) => name)).size < attributes.length) {
    throw invalid('An attribute stands twice', 'input', ...path, 'attributes');
  }
  return Object.fromEntries(attributes);
}

export const isAttributeName = (name: string) =>
  name.trim() !== '' && !/[$.\0]/.test(name) && name !== '__proto__';

function mediaOf(inputs: readonly MediaInput[], ...path: string[]): Media[] {
  checkLength(inputs, ...path);
  return inputs.map(({ url, alt }, position) => ({ url: String(url), alt: alt ?? null, position }));
}
