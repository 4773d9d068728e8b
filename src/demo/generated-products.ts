import type { ProductDraft, VariantDraft } from '../domains/catalogue/product-draft.ts';

/** A product of the generated catalogue, with the names of its categories from the top down. */
export type GeneratedProduct = { draft: ProductDraft; categoryPath: string[] };

const KINDS: Record<string, Record<string, string[]>> = {
  Clothing: {
    Shirts: ['Oxford Shirt', 'Flannel Shirt', 'Linen Shirt'],
    Knitwear: ['Crew Sweater', 'Cardigan', 'Roll Neck'],
    Jackets: ['Rain Jacket', 'Field Jacket', 'Down Vest'],
    Trousers: ['Chino', 'Corduroy Trouser', 'Work Trouser'],
  },
  Home: {
    Kitchen: ['Saucepan', 'Chopping Board', 'Teapot'],
    Bedroom: ['Wool Blanket', 'Pillow Case', 'Duvet Cover'],
    Lighting: ['Table Lamp', 'Floor Lamp', 'Lantern'],
    Storage: ['Basket', 'Wall Shelf', 'Tool Box'],
  },
  Outdoor: {
    Camping: ['Tent', 'Sleeping Mat', 'Camp Stove'],
    Packs: ['Day Pack', 'Duffel', 'Roll-Top Pack'],
    Walking: ['Trekking Pole', 'Gaiter', 'Map Case'],
    Climbing: ['Chalk Bag', 'Harness', 'Rope Bag'],
  },
};
const LEAVES = Object.entries(KINDS).flatMap(([top, groups]) =>
  Object.entries(groups).map(([group, kinds]) => ({ path: [top, group], kinds })),
);
const MAKERS = [
  'Alder',
  'Birch',
  'Cedar',
  'Dune',
  'Ember',
  'Fjord',
  'Glen',
  'Heath',
  'Isle',
  'Juniper',
  'Kelp',
  'Larch',
];
const STYLES = ['Classic', 'Light', 'Heavy', 'Washed', 'Striped', 'Plain', 'Recycled', 'Hand-Finished'];
const COLOURS = ['Black', 'Navy', 'Moss', 'Rust', 'Sand', 'Slate'];
const SIZES = ['S', 'M', 'L', 'XL'];
const TAGS = ['new', 'gift', 'handmade', 'organic', 'recycled', 'limited', 'outlet', 'everyday'];

/** The same products on every machine: product `i` is a function of `i` alone. */
export function* generatedProducts(
  count: number,
  currency: string,
  variants = 4,
): Generator<GeneratedProduct> {
  for (let i = 0; i < count; i++) yield generatedProduct(i, currency, variants);
}

function generatedProduct(i: number, currency: string, variants: number): GeneratedProduct {
  const random = numbersFrom(i + 1);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const leaf = pick(LEAVES);
  const kind = pick(leaf.kinds);
  const maker = pick(MAKERS);
  const style = pick(STYLES);
  const basePrice = 500 + Math.floor(random() * 195) * 100 + 99;
  const onSale = random() < 0.2;
  const name = `${maker} ${style} ${kind} ${i}`;
  const sku = `GEN-${String(i).padStart(7, '0')}`;
  return {
    categoryPath: leaf.path,
    draft: {
      sku,
      name,
      slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      description: `A ${style.toLowerCase()} ${kind.toLowerCase()} by ${maker}, made to be used every day and mended when it wears.`,
      status: random() < 0.97 ? 'ACTIVE' : 'DRAFT',
      pricing: {
        currency,
        basePrice,
        salePrice: onSale ? Math.round(basePrice * 0.8) : null,
        cost: Math.round(basePrice * 0.45),
        taxRate: 0.2,
        discounts: [],
      },
      variants: Array.from({ length: variants }, (_, at) => generatedVariant(sku, at, random)),
      tags: TAGS.filter(() => random() < 0.15),
      searchKeywords: [leaf.path.join(' ').toLowerCase()],
      media: [{ url: `https://images.souk.example/generated/${sku}.jpg`, alt: name, position: 0 }],
      seo: { title: null, description: null },
    },
  };
}

const generatedVariant = (sku: string, at: number, random: () => number): VariantDraft => ({
  sku: `${sku}-${at + 1}`,
  attributes: {
    Size: SIZES[at % SIZES.length] as string,
    Colour: COLOURS[Math.floor(at / SIZES.length + random() * COLOURS.length) % COLOURS.length] as string,
  },
  quantity: random() < 0.1 ? 0 : Math.floor(random() * 200),
  pricing: { basePrice: null, salePrice: null },
  media: [],
});

/** Mulberry32 by Tommy Ettinger: small, and good enough to look like a catalogue. */
function numbersFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
