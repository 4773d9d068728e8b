import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { copyOf, findCategoriesById } from './categories.ts';
import { recordFigures } from './category-figures.ts';
import { categories, products } from './collections.ts';
import type { Category, Product } from './documents.ts';
import { searchTerms } from './search-terms.ts';

const BATCH = 500;
const MOST_DUE = 100;
/** A product's change that began before the category's may be committed this much later, with the copy as it was. */
const STRAGGLERS_MS = 20_000;

/** Brings the copies in the products up to date for every category of a shop whose copies are due. */
export async function refreshDueCopies(db: TenantDb): Promise<void> {
  const due = await db
    .collection(categories)
    .find({ copiesDueSince: { $type: 'date' } }, { limit: MOST_DUE });
  for (const category of due) await refreshCopies(db, category);
}

/** The same for all shops; what a killed process left undone is found again here. */
export async function refreshAllDueCopies(db: SystemDb): Promise<void> {
  const due = await db
    .collection(categories)
    .find(
      { copiesDueSince: { $type: 'date' }, ...db.here },
      { projection: { tenantId: 1 }, limit: MOST_DUE, ...db.because },
    )
    .toArray();
  const shops = new Map(due.map(({ tenantId }) => [tenantId.toHexString(), tenantId]));
  for (const tenantId of shops.values()) await refreshDueCopies(db.forTenant(tenantId));
}

/**
 * In batches, each a short write, so that no shopper waits; a batch holds only what is not yet true, so that the work
 * can stop and start anywhere. It stays due until no straggler can bring a former copy back, and is looked at again
 * till then; and it stays due when it has changed again meanwhile.
 */
async function refreshCopies(db: TenantDb, due: Category): Promise<void> {
  const category = due.isDeleted ? await successorOf(db, due) : due;
  const stale = staleCopies(due, category);
  for (;;) {
    const batch = await db.collection(products).find(stale, { limit: BATCH });
    if (batch.length === 0) break;
    await writeCopies(db, batch, category);
  }
  const since = due.copiesDueSince ?? db.now();
  if (db.now().getTime() - since.getTime() < STRAGGLERS_MS) return;
  await db
    .collection(categories)
    .updateOne({ _id: due._id, copiesDueSince: since }, { $set: { copiesDueSince: null } });
}

/** Figures move with a product that moves; a new name moves nothing. */
function writeCopies(db: TenantDb, batch: Product[], category: Category | null): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.collection(products).bulkWrite(
      batch.map((product) => ({
        updateOne: { filter: asRead(product), update: { $set: placed(product, category) } },
      })),
      { ordered: false },
    );
    const copy = category && copyOf(category);
    await recordFigures(
      tx,
      batch.map((before) => ({ before, after: { ...before, category: copy } })),
    );
  });
}

/** Only while the product says what its search terms are worked out from; else the next round takes it. */
const asRead = ({ _id, version, category }: Product) => ({
  _id,
  version,
  'category._id': category?._id as ObjectId,
});

function placed(product: Product, category: Category | null) {
  const copy = category && copyOf(category);
  const categoryIds = category ? [...category.ancestorIds, category._id] : [];
  const { nameTerms, keywordTerms, terms } = searchTerms({ ...product, category: copy });
  return {
    category: copy,
    categoryIds,
    'keys.nameTerms': nameTerms,
    'keys.keywordTerms': keywordTerms,
    'keys.terms': terms,
  };
}

function staleCopies({ _id }: Category, category: Category | null) {
  if (!category?._id.equals(_id)) return { 'category._id': _id };
  const { name, slug, path, ancestorIds } = category;
  return {
    'category._id': _id,
    $or: [
      { 'category.name': { $ne: name } },
      { 'category.slug': { $ne: slug } },
      { 'category.path': { $ne: path } },
      { categoryIds: { $ne: [...ancestorIds, _id] } },
    ],
  };
}

/** Where the products of a deleted category go. */
async function successorOf(db: TenantDb, { movedTo }: Category): Promise<Category | null> {
  const [category] = movedTo ? await findCategoriesById(db, [movedTo]) : [];
  return category ?? null;
}
