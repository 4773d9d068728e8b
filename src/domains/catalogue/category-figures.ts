import { type Document, ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { bool, id, nullable, number, object, text } from '../../platform/mongo/schema.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from './collections.ts';
import type { Product } from './documents.ts';
import { isActive } from './products.ts';

/** What can be added up over the active products of a category in one currency; amounts in minor units. */
export type Figures = {
  products: number;
  variants: number;
  quantity: number;
  /** All pieces at their base price. */
  value: number;
  /** Of base prices. */
  prices: number;
  reviews: number;
  /** Of all ratings. */
  stars: number;
};

/** Where a product counts. */
export type Place = { categoryId: ObjectId; currency: string };

/** The lowest and the highest base price; null where there is no product. */
export type PriceEnds = { low: number | null; high: number | null };

/** The figures of a category, or a change of them that is not added yet: the two together are exact at any moment. */
export type CategoryFigures = { _id: ObjectId; tenantId: ObjectId } & Place &
  Figures &
  PriceEnds & {
    /** On a change: a price is there no more, and may have been at an end. */
    lost: boolean;
  };

export const FIGURES = [
  'products',
  'variants',
  'quantity',
  'value',
  'prices',
  'reviews',
  'stars',
] as const satisfies (keyof Figures)[];

const schema = object({
  categoryId: id,
  currency: text,
  ...Object.fromEntries(FIGURES.map((name) => [name, number])),
  low: nullable(number),
  high: nullable(number),
  lost: bool,
});

export const categoryFigures = defineCollection<CategoryFigures>('category_figures', schema, [
  { key: { categoryId: 1, currency: 1 }, unique: true },
]);

/** Only ever inserted into by those who change products, so that they never wait for each other. */
export const figureChanges = defineCollection<CategoryFigures>('category_figure_changes', schema, [
  { key: { categoryId: 1, currency: 1 } },
]);

type Counted = Pick<Product, 'isDeleted' | 'status' | 'category' | 'pricing' | 'variants' | 'reviews'>;

/** What a product adds to the figures of its category; null where shoppers do not see it there. */
function shareOf({
  isDeleted,
  status,
  category,
  pricing,
  variants,
  reviews,
}: Counted): (Place & Figures) | null {
  if (isDeleted || status !== 'ACTIVE' || !category) return null;
  const sum = (of: (variant: Product['variants'][number]) => number) =>
    variants.reduce((all, one) => all + of(one), 0);
  return {
    categoryId: category._id,
    currency: pricing.currency,
    products: 1,
    variants: variants.length,
    quantity: sum(({ inventory }) => inventory.quantity),
    value: sum(({ inventory, pricing: own }) => inventory.quantity * (own.basePrice ?? pricing.basePrice)),
    prices: pricing.basePrice,
    reviews: reviews.count,
    stars: starsOf(reviews.distribution),
  };
}

const starsOf = (distribution: Product['reviews']['distribution']) =>
  Object.entries(distribution).reduce((stars, [rating, count]) => stars + Number(rating) * count, 0);

export type ProductChange = { before: Counted | null; after: Counted | null };

type Note = Omit<CategoryFigures, 'tenantId'>;

/** Notes by how much the figures become more or fewer, in the transaction of the change. */
export async function recordFigures(tx: TenantDb, changes: ProductChange[]): Promise<void> {
  const notes = new Notes();
  for (const { before, after } of changes) {
    const [was, is] = [before && shareOf(before), after && shareOf(after)];
    if (was) notes.add(was, -1, { low: null, high: null, lost: !is || !samePrice(was, is) });
    if (is) notes.add(is, 1, { low: is.prices, high: is.prices, lost: false });
  }
  const real = notes.all.filter((note) => note.lost || FIGURES.some((name) => note[name] !== 0));
  if (real.length > 0) await tx.collection(figureChanges).insertMany(real);
}

export type StockMove = { productId: ObjectId; variantId: ObjectId; quantity: number };

/** Notes pieces that came or went, in the transaction that writes them into the ledger. */
export async function recordStockFigures(tx: TenantDb, moves: StockMove[]): Promise<void> {
  if (moves.length === 0) return;
  const ids = [...new Map(moves.map(({ productId }) => [productId.toHexString(), productId])).values()];
  const moved = await tx.collection(products).find({ _id: { $in: ids } }, { limit: ids.length });
  const notes = new Notes();
  for (const product of moved) {
    const share = shareOf(product);
    const own = moves.filter(({ productId }) => productId.equals(product._id));
    if (share) notes.add({ ...share, ...nothing, ...stockOf(product, own) }, 1, nothing);
  }
  if (notes.all.length > 0) await tx.collection(figureChanges).insertMany(notes.all);
}

function stockOf({ variants, pricing }: Counted, moves: StockMove[]): Pick<Figures, 'quantity' | 'value'> {
  const priceOf = (id: ObjectId) =>
    variants.find(({ _id }) => _id.equals(id))?.pricing.basePrice ?? pricing.basePrice;
  return {
    quantity: moves.reduce((sum, { quantity }) => sum + quantity, 0),
    value: moves.reduce((sum, { variantId, quantity }) => sum + quantity * priceOf(variantId), 0),
  };
}

const samePrice = (a: Place & Figures, b: Place & Figures) =>
  a.prices === b.prices && a.currency === b.currency && a.categoryId.equals(b.categoryId);

/** Figures added up by their place. */
class Notes {
  readonly #byPlace = new Map<string, Note>();

  get all(): Note[] {
    return [...this.#byPlace.values()];
  }

  add(
    { categoryId, currency, ...figures }: Place & Figures,
    sign: 1 | -1,
    ends: PriceEnds & { lost: boolean },
  ) {
    const place = `${categoryId} ${currency}`;
    const note = this.#byPlace.get(place) ?? { _id: new ObjectId(), categoryId, currency, ...nothing };
    for (const name of FIGURES) note[name] += sign * figures[name];
    note.low = leastOf(note.low, ends.low);
    note.high = mostOf(note.high, ends.high);
    note.lost ||= ends.lost;
    this.#byPlace.set(place, note);
  }
}

const leastOf = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));
const mostOf = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

const nothing: Figures & PriceEnds & { lost: boolean } = {
  ...{ products: 0, variants: 0, quantity: 0, value: 0, prices: 0, reviews: 0, stars: 0 },
  ...{ low: null, high: null, lost: false },
};

const sums = Object.fromEntries(FIGURES.map((name) => [name, { $sum: `$${name}` }]));

export type FiguresRow = { _id: Place } & Figures & PriceEnds;

/** Figures as they are at this moment; empty categories are left out. */
export async function readFigures(
  db: TenantDb,
  where: { categoryIds?: ObjectId[] | undefined; currency?: string | undefined },
): Promise<FiguresRow[]> {
  const match = {
    ...(where.categoryIds && { categoryId: { $in: where.categoryIds } }),
    ...(where.currency && { currency: where.currency }),
  };
  const rows = await db.collection(categoryFigures).aggregate<FiguresRow & { lost: boolean }>([
    { $match: match },
    { $unionWith: { coll: figureChanges.name, pipeline: [{ $match: match }] } },
    {
      $group: {
        _id: { categoryId: '$categoryId', currency: '$currency' },
        ...sums,
        low: { $min: '$low' },
        high: { $max: '$high' },
        lost: { $max: '$lost' },
      },
    },
    { $match: { products: { $gt: 0 } } },
    { $sort: { products: -1, _id: 1 } },
  ]);
  const exact: FiguresRow[] = [];
  // One after the other: in a transaction there is no other way, and there are few.
  for (const { lost, ...row } of rows) exact.push(lost ? { ...row, ...(await findEnds(db, row._id)) } : row);
  return exact;
}

/** Two steps into an index. */
async function findEnds(db: TenantDb, { categoryId, currency }: Place): Promise<PriceEnds> {
  const there = { 'category._id': categoryId, 'pricing.currency': currency, ...isActive };
  const end = async (order: 1 | -1) => {
    const found = await db.collection(products).findOne<{ pricing: { basePrice: number } }>(there, {
      sort: { 'pricing.basePrice': order, _id: order },
      projection: { 'pricing.basePrice': 1 },
    });
    return found?.pricing.basePrice ?? null;
  };
  return { low: await end(1), high: await end(-1) };
}

const MOST_FOLDED = 1_000;

/** Adds noted changes to the figures, so that there are never many to read; answers how many it added. */
export function foldFigures(db: TenantDb): Promise<number> {
  return db.transaction(async (tx) => {
    const changes = await tx.collection(figureChanges).find({}, { limit: MOST_FOLDED });
    if (changes.length === 0) return 0;
    const notes = new Notes();
    for (const change of changes) notes.add(change, 1, change);
    for (const note of notes.all) await fold(tx, note);
    await tx.collection(figureChanges).deleteMany({ _id: { $in: changes.map(({ _id }) => _id) } });
    return changes.length;
  });
}

async function fold(tx: TenantDb, { categoryId, currency, low, high, lost, ...note }: Note): Promise<void> {
  const place = { categoryId, currency };
  const more = Object.fromEntries(
    FIGURES.map((name) => [name, { $add: [{ $ifNull: [`$${name}`, 0] }, note[name]] }]),
  );
  const ends = lost
    ? await findEnds(tx, place)
    : { low: { $min: ['$low', low] }, high: { $max: ['$high', high] } };
  await tx
    .collection(categoryFigures)
    .updateOne(place, [{ $set: { ...more, ...ends, lost: false } }], { upsert: true });
}

/** Adds what is noted in every shop. */
export async function foldAllFigures(db: SystemDb): Promise<void> {
  const shops = await db
    .collection(figureChanges)
    .aggregate<{ _id: ObjectId }>(
      [{ $match: db.here }, { $limit: 100 * MOST_FOLDED }, { $group: { _id: '$tenantId' } }],
      db.because,
    )
    .toArray();
  for (const { _id } of shops) await foldFigures(db.forTenant(_id));
}

/**
 * Works all figures of a shop out again, exact for one moment while changes go on. `unnoted` finds the pieces that are
 * gone from their products and still to be noted: they count until then.
 */
export function rebuildFigures(
  db: TenantDb,
  unnoted: (tx: TenantDb) => Promise<StockMove[]> = async () => [],
): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.collection(categoryFigures).deleteMany({});
    await tx.collection(figureChanges).deleteMany({});
    const rows = await liveFigures(tx);
    const documents = rows.map(({ _id: place, ...row }) => ({
      _id: new ObjectId(),
      ...place,
      ...row,
      lost: false,
    }));
    if (documents.length > 0) await tx.collection(categoryFigures).insertMany(documents);
    await recordStockFigures(tx, await unnoted(tx));
  });
}

/** The same figures out of the products themselves. */
export const liveFigures = (db: TenantDb, match: Document = {}) =>
  db.collection(products).aggregate<FiguresRow>([
    { $match: { ...isActive, category: { $ne: null }, ...match } },
    {
      $group: {
        _id: { categoryId: '$category._id', currency: '$pricing.currency' },
        products: { $sum: 1 },
        variants: { $sum: { $size: '$variants' } },
        quantity: { $sum: { $sum: '$variants.inventory.quantity' } },
        value: { $sum: valueOfStock },
        prices: { $sum: '$pricing.basePrice' },
        low: { $min: '$pricing.basePrice' },
        high: { $max: '$pricing.basePrice' },
        reviews: { $sum: '$reviews.count' },
        stars: {
          $sum: {
            $sum: [1, 2, 3, 4, 5].map((rating) => ({
              $multiply: [rating, `$reviews.distribution.${rating}`],
            })),
          },
        },
      },
    },
    { $sort: { products: -1, _id: 1 } },
  ]);

/** Expression: all pieces of a product at their base price, in minor units. */
export const valueOfStock = {
  $sum: {
    $map: {
      input: '$variants',
      as: 'variant',
      in: {
        $multiply: [
          '$$variant.inventory.quantity',
          { $ifNull: ['$$variant.pricing.basePrice', '$pricing.basePrice'] },
        ],
      },
    },
  },
};
