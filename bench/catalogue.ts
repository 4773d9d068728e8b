import { ObjectId } from 'mongodb';
import { categories, products } from '../src/domains/catalogue/collections.ts';
import type { Category } from '../src/domains/catalogue/documents.ts';
import { type NewProduct, newProduct, withKeys } from '../src/domains/catalogue/product-document.ts';
import { summarise } from '../src/domains/reviews/rating-summary.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';
import { type Random, randomFrom } from './random.ts';
import { ADJECTIVES, COLOURS, COMMENTS, MATERIALS, NOUNS, PEOPLE, PLACES, SIZES, TAGS } from './words.ts';

/** Products look like those of a shop: 4 variants, a paragraph of text, up to 10 reviews in short, pictures. */

const STARTED = Date.UTC(2025, 0, 1);
const MINUTE = 60_000;
const BATCH = 1_000;
const staff = { by: null };

export type NewCategory = Omit<Category, 'tenantId'>;

/** Eight at the top, four below each: the same for every shop, with ids of its own. */
export function makeCategories(random: Random): NewCategory[] {
  return PLACES.flatMap((place, position) => {
    const top = category(random, place, position);
    const below = NOUNS.slice(0, 4).map((noun, n) => category(random, `${place} ${noun}s`, n, top));
    return [top, ...below];
  });
}

function category(random: Random, name: string, position: number, parent?: NewCategory): NewCategory {
  const at = new Date(STARTED);
  return {
    _id: objectId(random),
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    description: `Everything for ${name.toLowerCase()}, chosen to last.`,
    parentId: parent?._id ?? null,
    ancestorIds: parent ? [parent._id] : [],
    path: parent ? [parent.name, name] : [name],
    depth: parent ? 2 : 1,
    position,
    version: 1,
    createdAt: at,
    updatedAt: at,
    copiesDueSince: null,
    isDeleted: false,
    deletedAt: null,
  };
}

/** Fills an empty shop; the same numbers make the same shop. */
export async function fillShop(
  db: TenantDb,
  { count, seed, onProducts }: { count: number; seed: number; onProducts: (inserted: number) => void },
) {
  const random = randomFrom(seed);
  const tree = await db.collection(categories).insertMany(makeCategories(random));
  for (let n = 0; n < count; n += BATCH) {
    const size = Math.min(BATCH, count - n);
    const batch = Array.from({ length: size }, (_, i) => makeProduct(random, n + i, tree));
    await db.collection(products).insertMany(batch);
    onProducts(size);
  }
}

export const slugOf = (n: number) => `product-${n}`;

function makeProduct(random: Random, n: number, tree: Category[]): NewProduct {
  const noun = pickEarly(random, NOUNS);
  const name = `${pickEarly(random, ADJECTIVES)} ${pickEarly(random, MATERIALS)} ${noun} ${n}`;
  const basePrice = 500 + Math.floor(random() ** 2 * 20_000);
  const at = new Date(STARTED + n * MINUTE);
  const product = newProduct(
    {
      _id: objectId(random),
      sku: `SKU-${n}`,
      name,
      slug: slugOf(n),
      description: paragraph(random, noun),
      status: random() < 0.95 ? 'ACTIVE' : 'DRAFT',
      pricing: {
        currency: 'USD',
        basePrice,
        salePrice: random() < 0.2 ? Math.floor(basePrice * 0.8) : null,
        cost: Math.floor(basePrice * 0.6),
        taxRate: 0.19,
        discounts: random() < 0.3 ? [autumnSale(random)] : [],
      },
      variants: SIZES.map((size, i) => ({
        _id: objectId(random),
        sku: `SKU-${n}-${size}`,
        attributes: { Colour: pick(random, COLOURS), Size: size },
        quantity: random() < 0.2 ? 0 : Math.floor(random() * 50),
        pricing: { basePrice: random() < 0.3 ? basePrice + i * 100 : null, salePrice: null },
        media: [],
      })),
      tags: TAGS.filter(() => random() < 0.25),
      searchKeywords: [noun, pick(random, MATERIALS)],
      media: [0, 1, 2].map((position) => ({
        url: `https://images.example/${n}/${position}.jpg`,
        alt: `${name}, view ${position + 1}`,
        position,
      })),
      seo: { title: `${name} | Souk`, description: `Buy the ${name}.` },
    },
    pick(random, tree),
    { at, ...staff },
  );
  return withKeys({ ...product, reviews: summarise(makeReviews(random, at)) }, at);
}

const autumnSale = (random: Random) => ({
  type: 'PERCENTAGE' as const,
  value: 500 + Math.floor(random() * 4) * 500,
  validFrom: new Date(STARTED),
  validTo: new Date(Date.UTC(2035, 0, 1)),
  code: null,
});

const paragraph = (random: Random, noun: string) =>
  Array.from(
    { length: 5 },
    () =>
      `A ${pick(random, ADJECTIVES)} ${noun} of ${pick(random, MATERIALS)} for the ${pick(random, PLACES)}, made to last.`,
  ).join(' ');

function makeReviews(random: Random, since: Date) {
  return Array.from({ length: Math.floor(random() * 20) }, (_, i) => ({
    _id: objectId(random),
    rating: pickEarly(random, [5, 4, 3, 2, 1] as const),
    userName: pick(random, PEOPLE),
    comment: pick(random, COMMENTS),
    createdAt: new Date(since.getTime() + i * MINUTE),
  }));
}

const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;
/** The first values are picked more often than the last. */
const pickEarly = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() ** 2 * values.length)] as T;

const objectId = (random: Random) =>
  new ObjectId(
    Array.from({ length: 3 }, () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join(''),
  );
