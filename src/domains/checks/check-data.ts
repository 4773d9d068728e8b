import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { rebuildSales, wrongSales } from '../analytics/sales-days.ts';
import { recordChange } from '../audit/entries.ts';
import { findCategoriesById } from '../catalogue/categories.ts';
import {
  categoryFigures,
  FIGURES,
  type FiguresRow,
  foldFigures,
  liveFigures,
  type Place,
  rebuildFigures,
  recordStockFigures,
} from '../catalogue/category-figures.ts';
import { categories, products } from '../catalogue/collections.ts';
import type { Category, Product } from '../catalogue/documents.ts';
import { stockMovements } from '../catalogue/stock-movements.ts';
import { unbookedSales } from '../inventory/unbooked.ts';
import { findWrongMoney } from '../orders/money-checks.ts';
import { findWrongOrders, restoreOrder } from '../orders/order-checks.ts';
import { reviews } from '../reviews/collections.ts';
import { summariesOf, summarise } from '../reviews/rating-summary.ts';
import { readShop } from '../tenants/shop-settings.ts';
import {
  type Difference,
  differencesOf,
  type Facts,
  ledgerDifferences,
  trueProduct,
} from './product-checks.ts';

const BATCH = 200;

export type CheckOptions = {
  repair: boolean;
  onDifference: (difference: Difference) => void;
  onProgress?: (products: number) => void;
};
export type CheckResult = { products: number; differences: number; repaired: number };

/**
 * Works out again all that is copied or summed up in a shop's documents, and tells where it differs. With `repair`, a
 * product is set right in a transaction that reads it anew, so that nothing that happens meanwhile is undone.
 */
export async function checkData(
  db: TenantDb,
  { repair, onDifference, onProgress = () => {} }: CheckOptions,
): Promise<CheckResult> {
  const result: CheckResult = { products: 0, differences: 0, repaired: 0 };
  const tell = (difference: Difference) => {
    result.differences += 1;
    onDifference(difference);
  };
  for await (const batch of batches(db)) {
    const facts = await factsOf(db, batch);
    for (const product of batch) {
      const differences = differencesOf(product, factsFor(facts, product));
      differences.forEach(tell);
      if (repair && differences.length > 0) {
        await repairProduct(db, product._id);
        result.repaired += 1;
      }
    }
    result.products += batch.length;
    onProgress(result.products);
  }
  const wrong = await wrongFigures(db);
  wrong.forEach(tell);
  if (repair && wrong.length > 0) await rebuildFigures(db, unbookedSales);
  for (const difference of await brokenReferences(db)) tell(difference);
  result.repaired += await checkOrders(db, repair, tell);
  await checkMoney(db, tell);
  result.repaired += await checkSales(db, repair, tell);
  return result;
}

async function checkSales(
  db: TenantDb,
  repair: boolean,
  tell: (difference: Difference) => void,
): Promise<number> {
  const { currency } = (await readShop(db)).settings;
  const wrong = await wrongSales(db, currency);
  for (const { date, stands, should } of wrong)
    tell({
      check: 'sales',
      record: `day:${date}`,
      stands: JSON.stringify(stands),
      should: JSON.stringify(should),
    });
  const [first] = wrong;
  if (!repair || !first) return 0;
  await rebuildSales(db, currency, first.date);
  return wrong.length;
}

async function* batches(db: TenantDb): AsyncGenerator<Product[]> {
  let batch: Product[] = [];
  for await (const product of db
    .collection(products)
    .scan({}, { sort: { createdAt: -1, _id: -1 }, batchSize: BATCH })) {
    batch.push(product);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type BatchFacts = {
  categories: Map<string, Category>;
  summaries: Awaited<ReturnType<typeof summariesOf>>;
  ledger: Map<string, number>;
  at: Date;
};

async function factsOf(db: TenantDb, batch: Product[]): Promise<BatchFacts> {
  const categoryIds = [
    ...new Map(
      batch.flatMap(({ category }) => (category ? [[String(category._id), category._id]] : [])),
    ).values(),
  ];
  const found = categoryIds.length > 0 ? await findCategoriesById(db, categoryIds as ObjectId[]) : [];
  return {
    categories: new Map(found.map((category) => [String(category._id), category])),
    summaries: await summariesOf(
      db,
      batch.map(({ _id }) => _id),
    ),
    ledger: await ledgerOf(db, batch),
    at: db.now(),
  };
}

const factsFor = ({ categories, summaries, ledger, at }: BatchFacts, { _id, category }: Product): Facts => ({
  category: (category && categories.get(String(category._id))) ?? null,
  summary: summaries.get(String(_id)) ?? summarise([]),
  ledger,
  at,
});

async function ledgerOf(db: TenantDb, batch: Product[]): Promise<Map<string, number>> {
  const variantIds = batch.flatMap(({ variants }) => variants.map(({ _id }) => _id));
  const rows = await db
    .collection(stockMovements)
    .aggregate<{ _id: ObjectId; quantity: number }>([
      { $match: { variantId: { $in: variantIds } } },
      { $group: { _id: '$variantId', quantity: { $sum: '$quantity' } } },
    ]);
  const ledger = new Map(rows.map(({ _id, quantity }) => [String(_id), quantity]));
  // A sale is in the ledger a moment after its pieces are gone.
  for (const { variantId, quantity } of await unbookedSales(db))
    ledger.set(String(variantId), (ledger.get(String(variantId)) ?? 0) - quantity);
  return ledger;
}

/** What there is counts; where the ledger says something else, it gets a line that says so. */
function repairProduct(db: TenantDb, id: ObjectId): Promise<void> {
  return db.transaction(async (tx) => {
    const product = await tx.collection(products).findOne({ _id: id });
    if (!product) return;
    const facts = factsFor(await factsOf(tx, [product]), product);
    const { category, categoryIds, reviews: summary, variants, keys } = trueProduct(product, facts);
    const stock = Object.fromEntries(
      variants.map(({ inventory }, i) => [`variants.${i}.inventory`, inventory]),
    );
    await tx
      .collection(products)
      .updateOne({ _id: id }, { $set: { category, categoryIds, reviews: summary, keys, ...stock } });
    const after = { ...product, category, reviews: summary, variants };
    await recordChange(tx, { type: 'product', id, before: product, after });
    const lines = ledgerDifferences(product, facts).map(({ variantId, sku, quantity, ledger }) => ({
      _id: new ObjectId(),
      productId: id,
      variantId,
      sku,
      quantity: quantity - ledger,
      reserved: 0,
      reason: 'check-data: the ledger was short',
      at: tx.now(),
      actor: null,
    }));
    if (lines.length > 0) await tx.collection(stockMovements).insertMany(lines);
  });
}

/** Figures of categories that are not what the products add up to; both are read at one moment. */
function wrongFigures(db: TenantDb): Promise<Difference[]> {
  return db.transaction(async (tx) => {
    // As if sales that are on their way were noted; they still are to be, and so it is taken back in the end.
    const unbooked = await unbookedSales(tx);
    await recordStockFigures(
      tx,
      unbooked.map((move) => ({ ...move, quantity: -move.quantity })),
    );
    // What is noted is added first: a transaction cannot read two collections as one.
    while ((await foldFigures(tx)) > 0);
    const kept = new Map(
      (await tx.collection(categoryFigures).find({ products: { $gt: 0 } }, { limit: MAX_ROWS })).map(shown),
    );
    const live = new Map((await liveFigures(tx)).map(({ _id, ...row }) => shown({ ..._id, ...row })));
    await recordStockFigures(tx, unbooked);
    return [...new Set([...kept.keys(), ...live.keys()])]
      .filter((place) => kept.get(place) !== live.get(place))
      .map((place) => ({
        check: 'figures' as const,
        record: `category:${place}`,
        stands: kept.get(place) ?? 'nothing',
        should: live.get(place) ?? 'nothing',
      }));
  });
}

/** More categories, each in so many currencies, than any shop has. */
const MAX_ROWS = 100_000;

const shown = ({ categoryId, currency, ...row }: Place & Omit<FiguresRow, '_id'>): [string, string] => [
  `${categoryId} ${currency}`,
  JSON.stringify(row, keysInOrder),
];

const keysInOrder = [...FIGURES, 'low', 'high'];

/** What names something that is not there. These are told and left: only a person knows what was meant. */
async function brokenReferences(db: TenantDb): Promise<Difference[]> {
  const orphans = await db.collection(reviews).aggregate<{ _id: ObjectId; productId: ObjectId }>([
    {
      $lookup: {
        from: products.name,
        localField: 'productId',
        foreignField: '_id',
        as: 'product',
        pipeline: [{ $project: { _id: 1 } }],
      },
    },
    { $match: { product: { $size: 0 } } },
    { $project: { productId: 1 } },
  ]);
  const lost = await db.collection(categories).aggregate<{ _id: ObjectId; parentId: ObjectId }>([
    { $match: { isDeleted: false, parentId: { $ne: null } } },
    {
      $lookup: {
        from: categories.name,
        localField: 'parentId',
        foreignField: '_id',
        as: 'parent',
        pipeline: [{ $match: { isDeleted: false } }],
      },
    },
    { $match: { parent: { $size: 0 } } },
    { $project: { parentId: 1 } },
  ]);
  return [
    ...orphans.map(({ _id, productId }) => reference(`review:${_id}`, `product ${productId}`)),
    ...lost.map(({ _id, parentId }) => reference(`category:${_id}`, `parent ${parentId}`)),
  ];
}

const reference = (record: string, names: string): Difference => ({
  check: 'reference',
  record,
  stands: `names ${names}, which is not there`,
  should: 'something that is there',
});

/** Orders against their histories, which count; how many were set right. */
async function checkOrders(
  db: TenantDb,
  repair: boolean,
  tell: (difference: Difference) => void,
): Promise<number> {
  const wrong = new Map<string, ObjectId>();
  for await (const { orderId, number, path, stands, should } of findWrongOrders(db)) {
    const record = `order:${orderId} ${[number, path].filter(Boolean).join(' ')}`;
    tell({ check: 'order', record, stands: JSON.stringify(stands), should: JSON.stringify(should) });
    wrong.set(String(orderId), orderId);
  }
  if (!repair) return 0;
  for (const orderId of wrong.values()) await restoreOrder(db, orderId);
  return wrong.size;
}

/** Orders against their payments. Told and left: somebody has to look at the provider, and may have to send money. */
async function checkMoney(db: TenantDb, tell: (difference: Difference) => void): Promise<void> {
  for await (const { orderId, number, path, stands, should } of findWrongMoney(db))
    tell({
      check: 'money',
      record: `order:${orderId} ${number} ${path}`,
      stands: String(stands),
      should: String(should),
    });
}
