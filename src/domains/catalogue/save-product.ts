import { BSON, type ObjectId } from 'mongodb';
import { duplicate, invalid, versionConflict } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { recordFigures } from './category-figures.ts';
import { products } from './collections.ts';
import type { Product } from './documents.ts';
import { inventoryChanged, type ProductOperation, productChanged, productEvent } from './events.ts';
import { findCrossings, tellCrossings } from './low-stock.ts';
import type { NewProduct } from './product-document.ts';
import { recordMovements } from './stock-movements.ts';
import { unlessTaken } from './taken-keys.ts';
import { keepVersion } from './versions.ts';

const LARGEST_DOCUMENT = 8 * 1024 * 1024;

/** Stores a new product, with all that goes with it in the same transaction. */
export async function insertProduct(tx: TenantDb, document: NewProduct): Promise<Product> {
  checkSize(document);
  await refuseTakenKeys(tx, document);
  const product = await unlessTaken(tx.collection(products).insertOne(document), "product's");
  await toldChange(tx, null, product, 'CREATED');
  return product;
}

/** Puts a product's next version in the place of the one that was read, with all that goes with it. */
export async function replaceProduct(
  tx: TenantDb,
  before: Product,
  document: NewProduct,
  operation: ProductOperation = 'UPDATED',
): Promise<Product> {
  checkSize(document);
  if (!document.isDeleted) await refuseTakenKeys(tx, document);
  const unchanged = { _id: before._id, version: before.version };
  const product = await unlessTaken(
    tx.collection(products).findOneAndReplace(unchanged, document),
    "product's",
  );
  if (!product) throw versionConflict(before.version + 1);
  await keepVersion(tx, before);
  await toldChange(tx, before, product, operation);
  return product;
}

async function toldChange(
  tx: TenantDb,
  before: Product | null,
  product: Product,
  operation: ProductOperation,
) {
  await recordFigures(tx, [{ before, after: product }]);
  await recordChange(tx, { type: 'product', id: product._id, before, after: product });
  await appendEvent(tx, productChanged, productEvent(before, product, operation));
  const reason = before === null ? 'product created' : 'product changed';
  const moves = await recordMovements(tx, before, product, reason);
  for (const { variantId, sku } of moves) {
    await appendEvent(tx, inventoryChanged, { productId: product._id, variantId, sku });
  }
  if (before && moves.length > 0) await tellMoved(tx, product, moves);
}

/** What is new in a product may be little from the start: that is nothing to tell. */
async function tellMoved(tx: TenantDb, product: Product, moves: { variantId: ObjectId; quantity: number }[]) {
  const moved = (id: ObjectId) => moves.find(({ variantId }) => variantId.equals(id));
  const gone = moves.map(({ variantId }) => variantId);
  const crossings = await findCrossings(
    tx,
    product.variants.filter(({ _id }) => moved(_id)),
    gone,
  );
  const fallen = crossings.fallen.filter(({ _id }) => (moved(_id)?.quantity ?? 0) < 0);
  await tellCrossings(tx, product._id, { ...crossings, fallen });
}

function checkSize(document: NewProduct) {
  const size = BSON.calculateObjectSize(document);
  if (size > LARGEST_DOCUMENT) {
    throw invalid(`A product takes at most ${LARGEST_DOCUMENT} bytes; this one takes ${size}`, 'input');
  }
}

type Keys = { _id: ObjectId; slug: string; keys: { skus: string[] } };

/** Says who has a slug or a sku already; the unique indexes hold it against those who write at the same moment. */
async function refuseTakenKeys(tx: TenantDb, { _id, slug, keys: { skus } }: NewProduct) {
  const [owner] = await tx
    .collection(products)
    .find<Keys>(
      { isDeleted: false, _id: { $ne: _id }, $or: [{ slug }, { 'keys.skus': { $in: skus } }] },
      { limit: 1, projection: { slug: 1, 'keys.skus': 1 } },
    );
  if (!owner) return;
  const id = owner._id.toHexString();
  if (owner.slug === slug) throw duplicate(`The slug ${slug} is another product's`, id, 'input', 'slug');
  const [sku = '', ...path] = takenSku(skus, owner.keys.skus);
  throw duplicate(`The sku ${sku} is another product's or its variant's`, id, 'input', ...path);
}

/** The first sku that is taken, and the way to it: the product's own comes first, then its variants'. */
function takenSku(skus: string[], taken: string[]): string[] {
  const at = skus.findIndex((sku) => taken.includes(sku));
  return at === 0 ? [skus[0] ?? '', 'sku'] : [skus[at] ?? '', 'variants', String(at - 1), 'sku'];
}
