import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../../catalogue/collections.ts';
import type { Product, Variant } from '../../catalogue/documents.ts';
import { isActive } from '../../catalogue/products.ts';
import { availabilityOf } from '../../catalogue/variants.ts';
import { BY_SALES, type LowProductPage, listLowStock, thresholdOf } from '../../inventory/low-stock.ts';
import type { Tenant } from '../../tenants/collections.ts';
import type { Days } from '../days.ts';
import { mostSold } from '../sold-pieces.ts';

const MOST_SELLERS = 1_000;
/** Products may be large: so many are held at once. */
const PAGE = 100;
const SHOWN = { sku: 1, name: 1, category: 1, variants: 1, soldRecently: 1 } as const;

type Shown = Pick<Product, '_id' | keyof typeof SHOWN>;

/** Products of which something was sold, the best first. */
export async function* bestSellerRows(db: TenantDb) {
  const sold = db
    .collection(products)
    .scan<Product>(
      { ...isActive, soldRecently: { $gt: 0 } },
      { sort: { soldRecently: -1, _id: -1 }, hint: BY_SALES, projection: SHOWN, batchSize: PAGE },
    );
  let left = MOST_SELLERS;
  for await (const product of sold) {
    yield [
      ...[product.sku, product.name, product.category?.path.join(' / ') ?? null],
      ...[product.soldRecently, availabilityOf(product).available],
    ];
    left -= 1;
    if (left === 0) return;
  }
}

/** Products of which something was sold on these days, the best first. */
export async function* soldProductRows(db: TenantDb, days: Days) {
  const sold = await mostSold(db, days, MOST_SELLERS);
  for (let start = 0; start < sold.length; start += PAGE) {
    const page = sold.slice(start, start + PAGE);
    const found = await shownById(
      db,
      page.map(({ _id }) => _id),
    );
    for (const { _id, pieces } of page) yield soldCells(_id, pieces, found.get(_id.toHexString()));
  }
}

/** Of one that was deleted, the id and what was sold are left. */
const soldCells = (id: ObjectId, pieces: number, product: Shown | undefined) => [
  ...[id.toHexString(), product?.sku ?? null, product?.name ?? null],
  ...[product?.category?.path.join(' / ') ?? null, pieces],
  product ? availabilityOf(product).available : null,
];

/** One row for each variant that runs low, products that sell best first. */
export async function* lowStockRows(db: TenantDb, shop: Tenant, asked: number | null) {
  const threshold = thresholdOf(shop, asked);
  const next = (after: string | null) => listLowStock(db, { threshold, first: PAGE, after });
  for (let page = await next(null); ; page = await next(endOf(page))) {
    for (const product of await inOrder(db, page)) yield* rowsOf(product, threshold);
    if (!page.hasNextPage) return;
  }
}

function endOf({ rows, cursorOf }: LowProductPage): string | null {
  const last = rows.at(-1);
  return last ? cursorOf(last) : null;
}

async function inOrder(db: TenantDb, { rows }: LowProductPage): Promise<Shown[]> {
  const ids = rows.map(({ _id }) => _id);
  const byId = await shownById(db, ids);
  return ids.flatMap((id) => byId.get(id.toHexString()) ?? []);
}

async function shownById(db: TenantDb, ids: ObjectId[]): Promise<Map<string, Shown>> {
  const found = await db
    .collection(products)
    .find<Shown>({ _id: { $in: ids }, isDeleted: false }, { limit: ids.length, projection: SHOWN });
  return new Map(found.map((product) => [product._id.toHexString(), product]));
}

const rowsOf = ({ name, variants, soldRecently }: Shown, threshold: number) =>
  variants
    .filter(({ inventory }) => inventory.available <= threshold)
    .map(({ sku, attributes, inventory: { available, reserved, quantity } }: Variant) => [
      ...[sku, name, wordsOf(attributes)],
      ...[available, reserved, quantity, soldRecently],
    ]);

const wordsOf = (attributes: Variant['attributes']) =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
