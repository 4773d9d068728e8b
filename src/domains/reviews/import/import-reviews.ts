import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { recordChanges } from '../../audit/entries.ts';
import { products } from '../../catalogue/collections.ts';
import type { Product } from '../../catalogue/documents.ts';
import { inBatches } from '../../catalogue/import/batches.ts';
import {
  type ImportListeners,
  type ImportReport,
  ReportWriter,
} from '../../catalogue/import/import-report.ts';
import { patiently } from '../../catalogue/import/patience.ts';
import { reviews } from '../collections.ts';
import { refreshSummaries } from '../rating-summary.ts';
import type { ReviewItem, StatedReview } from './shopify-reviews.ts';

export type ReviewImportOptions = ImportListeners & { signal?: AbortSignal | undefined };

const BATCH = { most: 200, heaviest: 200, weigh: () => 1 };

/**
 * Brings reviews to the products that the shop has. One that is there already stays as it is, so that a repeat
 * changes nothing; the summaries of all products in question are brought to what their reviews say.
 */
export async function importReviews(
  db: TenantDb,
  source: AsyncIterable<ReviewItem>,
  { signal, ...listeners }: ReviewImportOptions = {},
): Promise<ImportReport> {
  const writer = new ReportWriter(listeners);
  try {
    for await (const batch of inBatches(source, BATCH)) {
      signal?.throwIfAborted();
      await importBatch(db, batch, writer);
      writer.progress();
    }
  } catch (error) {
    writer.stop(error);
  }
  return writer.report;
}

async function importBatch(db: TenantDb, batch: ReviewItem[], writer: ReportWriter) {
  for (const item of batch) if (item.kind === 'refused') writer.refuse(item.faults);
  const stated = batch.filter((item) => item.kind === 'review');
  const [productIds, known] = await Promise.all([findProductIds(db, stated), findKnownKeys(db, stated)]);
  const fresh = new Map<string, { review: StatedReview; productId: ObjectId }>();
  for (const review of stated) {
    const productId = productIds.get(review.slug);
    const { importKey } = review.draft;
    if (!productId) refuseUnknown(review, writer);
    else if (known.has(importKey) || fresh.has(importKey)) writer.count('unchanged');
    else fresh.set(importKey, { review, productId });
  }
  await insert(db, [...fresh.values()], writer);
  // Also of those with no new review: an import may have ended between its reviews and their summaries.
  await patiently(() => refreshSummaries(db, [...productIds.values()]));
}

function refuseUnknown({ slug, line, column }: StatedReview, writer: ReportWriter) {
  const reason = 'The shop has no product with this handle';
  writer.refuse([{ line, column, product: slug, value: slug, reason }]);
}

async function findProductIds(db: TenantDb, stated: StatedReview[]): Promise<Map<string, ObjectId>> {
  const slugs = [...new Set(stated.map(({ slug }) => slug))];
  if (slugs.length === 0) return new Map();
  const found = await db
    .collection(products)
    .find<Pick<Product, '_id' | 'slug'>>(
      { slug: { $in: slugs }, isDeleted: false },
      { limit: slugs.length, projection: { slug: 1 } },
    );
  return new Map(found.map(({ slug, _id }) => [slug, _id]));
}

async function findKnownKeys(
  db: TenantDb,
  stated: Pick<StatedReview, 'draft'>[],
): Promise<Set<string | undefined>> {
  const keys = [...new Set(stated.map(({ draft }) => draft.importKey))];
  if (keys.length === 0) return new Set();
  const found = await db.collection(reviews).find<{ importKey?: string }>(
    // The type is the index's: only so is it used.
    { importKey: { $in: keys, $type: 'string' } },
    { limit: keys.length, projection: { importKey: 1 } },
  );
  return new Set(found.map(({ importKey }) => importKey));
}

type Fresh = { review: StatedReview; productId: ObjectId };

async function insert(db: TenantDb, fresh: Fresh[], writer: ReportWriter) {
  if (fresh.length === 0) return;
  const inserted = await patiently(() => db.transaction((tx) => insertUnknown(tx, fresh)));
  for (let index = 0; index < fresh.length; index++) writer.count(index < inserted ? 'created' : 'unchanged');
}

/** Another import of the same file may have been faster with some of them; how many it was not. */
async function insertUnknown(tx: TenantDb, fresh: Fresh[]): Promise<number> {
  const known = await findKnownKeys(
    tx,
    fresh.map(({ review }) => review),
  );
  const made = fresh
    .filter(({ review }) => !known.has(review.draft.importKey))
    .map(({ review: { draft }, productId }) => ({
      _id: new ObjectId(),
      productId,
      userId: null,
      ...draft,
      verifiedPurchase: false,
      helpfulCount: 0,
      updatedAt: tx.now(),
    }));
  if (made.length === 0) return 0;
  await tx.collection(reviews).insertMany(made);
  const changes = made.map((after) => ({ type: 'review' as const, id: after._id, before: null, after }));
  await recordChanges(tx, changes);
  return made.length;
}
