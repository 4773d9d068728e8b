import { ObjectId } from 'mongodb';
import type { Category } from '../../src/domains/catalogue/documents.ts';
import { type NewProduct, newProduct, withKeys } from '../../src/domains/catalogue/product-document.ts';

/** A catalogue of any size out of a few words, the same each time: some words are in most products, some in few. */

const NOUNS =
  'shirt mug lamp chair scarf teapot candle jacket notebook blanket backpack bowl knife pillow vase kettle clock rug apron basket'.split(
    ' ',
  );
const ADJECTIVES =
  'classic modern striped heavy light folding woven quilted painted rustic slim round tall double pocket travel winter summer garden studio'.split(
    ' ',
  );
const MATERIALS = 'cotton linen wool oak steel stoneware glass leather bamboo copper'.split(' ');
const TAGS = 'gift sale new handmade organic limited'.split(' ');
const COLOURS = 'Red Blue Green Black White Ochre'.split(' ');
const SIZES = ['S', 'M', 'L', 'XL'];
const RARE = 'vetiver chartreuse herringbone zephyr quarto baltic'.split(' ');

export const GENERATED_AT = new Date('2025-06-01T00:00:00Z');
const MINUTE = 60_000;

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type NewCategory = Omit<Category, 'tenantId'>;

/** Three at the top, three below each, two below each of those. */
export function generatedCategories(): NewCategory[] {
  const grow = (parent: NewCategory | null, widths: number[]): NewCategory[] => {
    const [width = 0, ...deeper] = widths;
    return Array.from({ length: width }, (_, position) => position).flatMap((position) => {
      const child = newCategory(parent, position);
      return [child, ...grow(child, deeper)];
    });
  };
  return grow(null, [3, 3, 2]);
}

function newCategory(parent: NewCategory | null, position: number): NewCategory {
  const name = parent ? `${parent.name}.${position + 1}` : `Section ${position + 1}`;
  return {
    _id: new ObjectId(),
    name,
    slug: name.toLowerCase().replaceAll(/[ .]/g, '-'),
    description: null,
    parentId: parent?._id ?? null,
    ancestorIds: parent ? [...parent.ancestorIds, parent._id] : [],
    path: [...(parent?.path ?? []), name],
    depth: (parent?.depth ?? 0) + 1,
    position,
    version: 1,
    createdAt: GENERATED_AT,
    updatedAt: GENERATED_AT,
    isDeleted: false,
    deletedAt: null,
    copiesDueSince: null,
  };
}

type Random = () => number;
const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;
/** The first values are picked more often than the last. */
const pickFirst = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() ** 2 * values.length)] as T;

/** Products number `from` to `from + count`, most of them on sale to everybody. */
export function* generatedProducts(
  count: number,
  categories: readonly NewCategory[],
  { from = 0, seed = 1 } = {},
): Generator<NewProduct> {
  for (let n = from; n < from + count; n++)
    yield generatedProduct(n, categories, seededRandom(seed * 1_000_003 + n));
}

function generatedProduct(n: number, categories: readonly NewCategory[], random: Random): NewProduct {
  const noun = pickFirst(random, NOUNS);
  const rare = random() < 0.02 ? ` ${pick(random, RARE)}` : '';
  const name = `${pickFirst(random, ADJECTIVES)} ${pickFirst(random, MATERIALS)} ${noun}${rare} ${n}`;
  const basePrice = 500 + Math.floor(random() ** 2 * 20_000);
  const category = random() < 0.95 ? pick(random, categories) : null;
  const state = random();
  const at = new Date(GENERATED_AT.getTime() + Math.floor(n / 3) * MINUTE);
  const made = newProduct(
    {
      sku: `${noun.slice(0, 3).toUpperCase()}-${n}`,
      name: name[0]?.toUpperCase() + name.slice(1),
      slug: `p-${n}`,
      description: `A ${pick(random, ADJECTIVES)} ${noun} that goes well with a ${pick(random, NOUNS)}, comfortable and made to last.`,
      status: state < 0.9 ? 'ACTIVE' : state < 0.95 ? 'DRAFT' : 'ARCHIVED',
      pricing: {
        currency: random() < 0.98 ? 'USD' : 'EUR',
        basePrice,
        salePrice: random() < 0.2 ? Math.floor(basePrice * 0.8) : null,
        cost: null,
        taxRate: 0.19,
        discounts: [],
      },
      variants: generatedVariants(n, noun, random),
      tags: TAGS.filter(() => random() < 0.2),
      searchKeywords: random() < 0.3 ? [pick(random, NOUNS)] : [],
      media: [],
      seo: { title: null, description: null },
    },
    category as Category | null,
    { at, by: null },
  );
  return withState(made, state > 0.98, random);
}

const generatedVariants = (n: number, noun: string, random: Random) =>
  Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => ({
    sku: `${noun.slice(0, 3).toUpperCase()}-${n}-${index}`,
    attributes: { Colour: pick(random, COLOURS), ...(random() < 0.7 && { Size: pick(random, SIZES) }) },
    quantity: random() < 0.3 ? 0 : Math.floor(random() * 20),
    backorder: index === 0 && n % 7 === 0,
    pricing: { basePrice: null, salePrice: null },
    media: [],
  }));

function withState(product: NewProduct, isDeleted: boolean, random: Random): NewProduct {
  const count = random() < 0.5 ? 0 : 1 + Math.floor(random() * 30);
  const reviews = {
    ...product.reviews,
    count,
    average: count === 0 ? null : Math.round((2 + random() * 3) * 10) / 10,
  };
  const deletedAt = isDeleted ? product.createdAt : null;
  const soldRecently = Math.floor(random() ** 3 * 50);
  return withKeys({ ...product, reviews, soldRecently, isDeleted, deletedAt }, product.createdAt);
}
