import slugify from '@sindresorhus/slugify';
import { AppError } from '../../../platform/errors.ts';
import type { Discount } from '../../pricing/discounts.ts';
import { toMinor } from '../../pricing/money.ts';
import type { Media } from '../documents.ts';
import type { VariantDraft } from '../product-draft.ts';
import { Faults } from './faults.ts';
import type { CategoryRef, SilentField, SourceItem } from './import-source.ts';
import type { NdjsonProduct } from './ndjson-shape.ts';

type Reading = { faults: Faults; line: number; currency: string };
type StatedVariant = NdjsonProduct['variants'][number];
type StatedDiscount = NonNullable<NdjsonProduct['pricing']['discounts']>[number];

/** A line of the right shape as a product, unless its values contradict each other. */
export function statedProduct(stated: NdjsonProduct, line: number, shopCurrency: string): SourceItem {
  const slug = stated.slug ?? slugify(stated.name);
  const currency = stated.pricing.currency ?? shopCurrency;
  const reading = { faults: new Faults(slug), line, currency };
  const draft = {
    sku: stated.sku,
    slug,
    name: stated.name,
    description: stated.description || null,
    status: stated.status ?? ('ACTIVE' as const),
    pricing: readPricing(reading, stated),
    variants: stated.variants.map((variant, index) => readVariant(reading, variant, index)),
    tags: unique(stated.tags),
    searchKeywords: unique(stated.searchKeywords),
    media: readMedia(stated.media),
    seo: { title: stated.seo?.title || null, description: stated.seo?.description || null },
  };
  if (slug === '')
    reading.faults.add(line, 'slug', 'The name has no letter that a slug can have: state a slug');
  checkVariants(reading, stated);
  if (reading.faults.all.length > 0) return { kind: 'refused', faults: reading.faults.all };
  return {
    kind: 'product',
    place: { line, column: 'sku' },
    variantPlaces: draft.variants.map((_, index) => ({ line, column: `variants.${index}.sku` })),
    category: categoryRef(stated.category),
    silent: silentFields(stated),
    notes: [],
    draft,
  };
}

function readPricing(reading: Reading, { pricing }: NdjsonProduct) {
  const basePrice = money(reading, 'pricing.basePrice', pricing.basePrice) ?? 0;
  const salePrice = money(reading, 'pricing.salePrice', pricing.salePrice);
  checkSale(reading, 'pricing.salePrice', salePrice, basePrice);
  return {
    currency: reading.currency,
    basePrice,
    salePrice,
    cost: money(reading, 'pricing.cost', pricing.cost),
    taxRate: pricing.taxRate ?? 0,
    discounts: (pricing.discounts ?? []).map((discount, index) => readDiscount(reading, discount, index)),
  };
}

function readDiscount(reading: Reading, stated: StatedDiscount, index: number): Discount {
  const path = `pricing.discounts.${index}.value`;
  const value =
    stated.type === 'PERCENTAGE'
      ? percentage(reading, path, stated.value)
      : money(reading, path, stated.value);
  return {
    type: stated.type,
    value: value ?? 0,
    validFrom: new Date(stated.validFrom),
    validTo: new Date(stated.validTo),
    code: stated.code ?? null,
    ...(stated.minQuantity && { minQuantity: stated.minQuantity }),
  };
}

/** "12.5" percent is 1250 basis points. */
function percentage({ faults, line }: Reading, path: string, percent: string): number {
  const [, whole = '', decimals = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(percent) ?? [];
  const basisPoints = Number(whole + decimals.padEnd(2, '0'));
  if (whole === '' || basisPoints < 1 || basisPoints > 10_000) {
    faults.add(line, path, 'A percentage is from "0.01" to "100", with at most 2 decimals', percent);
  }
  return basisPoints;
}

function readVariant(reading: Reading, stated: StatedVariant, index: number): VariantDraft {
  const path = `variants.${index}.pricing`;
  return {
    sku: stated.sku,
    attributes: Object.fromEntries(stated.attributes.map(({ name, value }) => [name, value])),
    quantity: stated.quantity ?? 0,
    pricing: {
      basePrice: money(reading, `${path}.basePrice`, stated.pricing.basePrice),
      salePrice: money(reading, `${path}.salePrice`, stated.pricing.salePrice),
    },
    media: readMedia(stated.media),
  };
}

function money(
  { faults, line, currency }: Reading,
  path: string,
  amount: string | null | undefined,
): number | null {
  if (amount === null || amount === undefined) return null;
  try {
    return toMinor(amount, currency);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    faults.add(line, path, error.message, amount);
    return null;
  }
}

function checkSale({ faults, line }: Reading, path: string, sale: number | null, base: number) {
  if (sale !== null && sale > base) faults.add(line, path, 'A sale price is not above the base price');
}

function checkVariants(reading: Reading, { sku: productSku, variants }: NdjsonProduct) {
  const { faults, line } = reading;
  const skus = new Set<string>();
  const choices = new Set<string>();
  variants.forEach(({ sku, attributes, quantity }, index) => {
    const names = new Set(attributes.map(({ name }) => name));
    const choice = JSON.stringify(attributes.map(({ name, value }) => [name, value]).sort());
    const at = `variants.${index}`;
    if (names.size < attributes.length) faults.add(line, `${at}.attributes`, 'An attribute is named twice');
    if (sku === productSku) faults.add(line, `${at}.sku`, 'The product itself has this SKU', sku);
    else if (skus.has(sku)) faults.add(line, `${at}.sku`, 'Another variant of the product has this SKU', sku);
    else if (choices.has(choice))
      faults.add(line, `${at}.attributes`, 'Another variant has the same attributes');
    if ((quantity === undefined) !== (variants[0]?.quantity === undefined)) {
      faults.add(line, `${at}.quantity`, 'Either every variant states its quantity, or none does');
    }
    skus.add(sku);
    choices.add(choice);
  });
}

function categoryRef(category: string | string[] | null | undefined): CategoryRef {
  if (!category) return null;
  return typeof category === 'string' ? { slug: category } : { path: category };
}

const unique = (texts: string[] = []) => [...new Set(texts)];

const readMedia = (media: StatedVariant['media'] = []): Media[] =>
  media.map(({ url, alt }, position) => ({ url, alt: alt || null, position }));

/** What a line leaves out stays as it is; null empties it. */
function silentFields({ pricing, variants, ...stated }: NdjsonProduct): Set<SilentField> {
  const values: [SilentField, unknown][] = [
    ['description', stated.description],
    ['category', stated.category],
    ['status', stated.status],
    ['tags', stated.tags],
    ['searchKeywords', stated.searchKeywords],
    ['media', stated.media],
    ['seo', stated.seo],
    ['currency', pricing.currency],
    ['taxRate', pricing.taxRate],
    ['discounts', pricing.discounts],
    ['cost', pricing.cost],
    ['quantity', variants[0]?.quantity],
    ['variantMedia', variants.find(({ media }) => media)],
  ];
  return new Set(values.filter(([, value]) => value === undefined).map(([field]) => field));
}
