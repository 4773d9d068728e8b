import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../../catalogue/collections.ts';
import type { Product, Variant } from '../../catalogue/documents.ts';
import { isActive } from '../../catalogue/products.ts';
import { availabilityOf } from '../../catalogue/variants.ts';
import { BY_SALES, type LowProductPage, listLowStock, thresholdOf } from '../../inventory/low-stock.ts';
import type { Tenant } from '../../tenants/collections.ts';

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
  const found = await db
    .collection(products)
    .find<Shown>({ _id: { $in: ids } }, { limit: ids.length, projection: SHOWN });
  const byId = new Map(found.map((product) => [product._id.toHexString(), product]));
  return ids.flatMap((id) => byId.get(id.toHexString()) ?? []);
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
