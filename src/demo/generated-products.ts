import slugify from '@sindresorhus/slugify';
import type { ProductDraft, VariantDraft } from '../domains/catalogue/product-draft.ts';
import type { Discount } from '../domains/pricing/discounts.ts';
import { COLOURS, KINDS, MAKERS, MATERIALS, PLACES, SIZES, STYLES, TAGS } from './generated-words.ts';
import { pick, pickEarly, type Random, randomFrom } from './random.ts';

/** A product of the generated catalogue, with the names of its categories from the top down. */
export type GeneratedProduct = { draft: ProductDraft & { slug: string }; categoryPath: string[] };

const LEAVES = Object.entries(KINDS).flatMap(([top, groups]) =>
  Object.entries(groups).map(([group, kinds]) => ({ path: [top, group], kinds })),
);

/** The paths of all categories, each after its parent's. */
export const generatedCategories: string[][] = Object.entries(KINDS).flatMap(([top, groups]) => [
  [top],
  ...Object.keys(groups).map((group) => [top, group]),
]);

/** The same products on every machine, as a shop has them: some text, pictures, offers and variants. */
export function* generatedProducts(
  count: number,
  currency: string,
  variants = 4,
): Generator<GeneratedProduct> {
  for (let i = 0; i < count; i++) yield generatedProduct(i, currency, variants);
}

/** Product `i` is a function of `i` alone. */
export function generatedProduct(i: number, currency: string, variants = 4): GeneratedProduct {
  const random = randomFrom(i + 1);
  const { path, kinds } = pick(random, LEAVES);
  const kind = pick(random, kinds);
  const maker = pick(random, MAKERS);
  const material = pickEarly(random, MATERIALS);
  const name = `${maker} ${material} ${kind} ${i}`;
  const sku = `GEN-${String(i).padStart(7, '0')}`;
  const draft: GeneratedProduct['draft'] = {
    sku,
    name,
    slug: slugify(name),
    description: paragraph(random, kind, maker),
    status: random() < 0.96 ? 'ACTIVE' : 'DRAFT',
    pricing: generatedPricing(random, currency),
    variants: Array.from({ length: variants }, (_, at) => generatedVariant(sku, at, random)),
    tags: TAGS.filter(() => random() < 0.15),
    searchKeywords: [path.join(' ').toLowerCase(), pick(random, MATERIALS).toLowerCase()],
    media: [0, 1, 2].map((position) => ({
      url: `https://images.souk.example/generated/${sku}-${position + 1}.jpg`,
      alt: `${name}, view ${position + 1}`,
      position,
    })),
    seo: { title: `${name} | Souk`, description: `Buy the ${name}.` },
  };
  return { draft, categoryPath: path };
}

const SENTENCES = 5;

const paragraph = (random: Random, kind: string, maker: string) =>
  Array.from({ length: SENTENCES }, () => {
    const [style, material, place] = [pick(random, STYLES), pick(random, MATERIALS), pick(random, PLACES)];
    return `A ${style} ${kind.toLowerCase()} of ${material.toLowerCase()} by ${maker} for the ${place}.`;
  }).join(' ');

function generatedPricing(random: Random, currency: string): ProductDraft['pricing'] {
  const basePrice = 599 + Math.floor(random() ** 2 * 195) * 100;
  return {
    currency,
    basePrice,
    salePrice: random() < 0.2 ? Math.round(basePrice * 0.8) : null,
    cost: Math.round(basePrice * 0.45),
    taxRate: 0.2,
    discounts: random() < 0.3 ? [longSale(random)] : [],
  };
}

const longSale = (random: Random): Discount => ({
  type: 'PERCENTAGE',
  value: 500 + Math.floor(random() * 4) * 500,
  validFrom: new Date(Date.UTC(2025, 0, 1)),
  validTo: new Date(Date.UTC(2035, 0, 1)),
  code: null,
});

const generatedVariant = (sku: string, at: number, random: Random): VariantDraft => ({
  sku: `${sku}-${at + 1}`,
  attributes: {
    Size: SIZES[at % SIZES.length] as string,
    Colour: COLOURS[Math.floor(at / SIZES.length + random() * COLOURS.length) % COLOURS.length] as string,
  },
  quantity: random() < 0.1 ? 0 : Math.floor(random() * 200),
  pricing: { basePrice: null, salePrice: null },
  media: [],
});
