import slugify from '@sindresorhus/slugify';
import type { Media } from '../domains/catalogue/documents.ts';
import type { ProductDraft, VariantDraft } from '../domains/catalogue/product-draft.ts';
import type { Discount } from '../domains/pricing/discounts.ts';
import { toMinor } from '../domains/pricing/money.ts';
import type { PriceSpan } from '../domains/pricing/price-history.ts';
import type { DemoProduct } from './demo-shops.ts';
import type { Days, Offer, ProductSketch, ShopSketch, StockLevel } from './sketch.ts';
import { stableId, stableNumber } from './stable.ts';

const DAY = 24 * 60 * 60 * 1000;

export function productDraft(sketch: ProductSketch, shop: ShopSketch, now: Date): DemoProduct {
  const createdAt = listedAt(sketch, now);
  const history = (sketch.past ?? []).map(({ days, price }) =>
    spanOf(days, toMinor(price, shop.currency), createdAt, now),
  );
  const since = history.at(-1)?.to ?? createdAt;
  return {
    draft: statedPart(sketch, shop, now),
    categorySlug: sketch.category,
    createdAt,
    updatedAt: editedAt(sketch, now, since),
    since,
    history: history.filter(({ to }) => to.getTime() > now.getTime() - 30 * DAY),
  };
}

function statedPart(sketch: ProductSketch, shop: ShopSketch, now: Date): DemoProduct['draft'] {
  const slug = slugify(sketch.name);
  return {
    _id: productId(shop, sketch.sku),
    sku: sketch.sku,
    name: sketch.name,
    slug,
    description: sketch.description,
    status: sketch.status ?? 'ACTIVE',
    pricing: pricingOf(sketch, shop, now),
    variants: variantsOf(sketch, shop),
    tags: [...sketch.tags],
    searchKeywords: [...sketch.keywords],
    media: sketch.photos.map((alt, i) => photo(shop, `${slug}-${i + 1}`, alt, i)),
    seo: { title: `${sketch.name} | ${shop.name}`, description: firstSentence(sketch.description) },
  };
}

function pricingOf(
  sketch: ProductSketch,
  { currency, taxRate }: ShopSketch,
  now: Date,
): ProductDraft['pricing'] {
  return {
    currency,
    basePrice: toMinor(sketch.price, currency),
    salePrice: sketch.sale === undefined ? null : toMinor(sketch.sale, currency),
    cost: toMinor(sketch.cost, currency),
    taxRate: sketch.taxRate ?? taxRate,
    discounts: (sketch.offers ?? []).map((offer) => discountOf(offer, currency, now)),
  };
}

export const productId = ({ subdomain }: ShopSketch, sku: string) => stableId(subdomain, 'product', sku);

/** Staff list products in working hours, not all at one second. */
export const listedAt = ({ sku, age }: ProductSketch, now: Date) =>
  new Date(dayStart(-age, now).getTime() + (12 * 60 + stableNumber(9 * 60, sku, 'listed')) * 60_000);

function editedAt({ sku, age }: ProductSketch, now: Date, since: Date) {
  const days = stableNumber(Math.min(age, 90), sku, 'edited');
  const edited = new Date(now.getTime() - days * DAY - stableNumber(DAY / 2, sku, 'edited at'));
  return edited > since ? edited : since;
}

/** Offers begin and end at midnight. */
const dayStart = (days: number, now: Date) => new Date((Math.floor(now.getTime() / DAY) + days) * DAY);

/** The first price of a product began when it was listed, and not at that day's midnight. */
function spanOf([from, to]: Days, price: number, createdAt: Date, now: Date): PriceSpan {
  const start = dayStart(from, now);
  return { from: start < createdAt ? createdAt : start, to: dayStart(to, now), price };
}

function discountOf(offer: Offer, currency: string, now: Date): Discount {
  const percent = offer.off.endsWith('%');
  return {
    type: percent ? 'PERCENTAGE' : 'FIXED_AMOUNT',
    value: percent ? Number.parseInt(offer.off, 10) * 100 : toMinor(offer.off, currency),
    validFrom: dayStart(offer.days[0], now),
    validTo: dayStart(offer.days[1], now),
    code: offer.code ?? null,
    ...(offer.from !== undefined && { minQuantity: offer.from }),
  };
}

function variantsOf(sketch: ProductSketch, shop: ShopSketch): VariantDraft[] {
  return combinations(Object.entries(sketch.options ?? {})).map((attributes) => {
    const values = Object.values(attributes);
    const sku = [sketch.sku, ...values.map(skuPart)].join('-');
    const own = (of: Record<string, string> = {}) => {
      const decimal = values.map((value) => of[value]).find((found) => found !== undefined);
      return decimal === undefined ? null : toMinor(decimal, shop.currency);
    };
    return {
      _id: stableId(shop.subdomain, 'variant', sku),
      sku,
      attributes,
      quantity: quantityOf(sku, values, sketch),
      pricing: { basePrice: own(sketch.priceOf), salePrice: own(sketch.saleOf) },
      media: variantMedia(sketch, shop, attributes),
    };
  });
}

/** Every combination of the options' values, the last option changing fastest. */
function combinations(options: [string, readonly string[]][]): Record<string, string>[] {
  const [first, ...rest] = options;
  if (!first) return [{}];
  const [name, values] = first;
  return values.flatMap((value) => combinations(rest).map((others) => ({ [name]: value, ...others })));
}

/** "10 in" → "10IN", "Mussel Blue" → "MUSBLU", "XXL" → "XXL". */
const skuPart = (value: string) =>
  slugify(value)
    .split('-')
    .map((word) => word.slice(0, 3))
    .join('')
    .toUpperCase();

/** Where nothing is said a variant has a few dozen, and one in fifteen has just sold out. */
function quantityOf(sku: string, values: string[], { stock, stockOf = {} }: ProductSketch): number {
  const level: StockLevel | undefined = values.map((value) => stockOf[value]).find(Boolean) ?? stock;
  if (level === 'none') return 0;
  if (level === 'low') return 1 + stableNumber(4, sku, 'stock');
  if (level === 'plenty') return 40 + stableNumber(160, sku, 'stock');
  return stableNumber(15, sku, 'sold out') === 0 ? 0 : 5 + stableNumber(44, sku, 'stock');
}

const LOOKS = ['Color', 'Glaze', 'Finish', 'Farge', 'Glasur', 'Handle', 'Scent'];

/** A photo for each look; sizes look the same. */
function variantMedia(
  { name }: ProductSketch,
  shop: ShopSketch,
  attributes: Record<string, string>,
): Media[] {
  const look = LOOKS.map((option) => attributes[option]).find(Boolean);
  return look ? [photo(shop, `${slugify(name)}-${slugify(look)}`, `${name}, ${look}`, 0)] : [];
}

const photo = ({ subdomain }: ShopSketch, file: string, alt: string, position: number): Media => ({
  url: `https://images.souk.example/${subdomain}/${file}.jpg`,
  alt,
  position,
});

/** What a search engine shows: the description up to its first full stop. */
const firstSentence = (text: string) => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
