import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../collections.ts';
import type { Product } from '../documents.ts';
import { inBatches } from './batches.ts';
import { skuPlaces } from './claimed-keys.ts';
import { ImportedCategories } from './import-categories.ts';
import { type Plan, planProduct, refusal, type Shop } from './import-plan.ts';
import { type ImportListeners, type ImportReport, ReportWriter } from './import-report.ts';
import type { SourceItem, StatedProduct } from './import-source.ts';
import { writePlans } from './import-writes.ts';

export type ImportOptions = ImportListeners & {
  signal?: AbortSignal | undefined;
  /** Who is named as the one who changed the products. */
  by?: string | null | undefined;
};

/** Small enough that mongod answers in a second, however many variants the products have. */
const BATCH = {
  most: 100,
  heaviest: 1_000,
  weigh: (item: SourceItem) => (item.kind === 'product' ? item.draft.variants.length : 0),
};
/** How often a product is tried again that somebody else changes at the same time. */
const MOST_ROUNDS = 5;

/**
 * Brings products into the shop, a batch at a time: new ones are created, those with the same slug changed, and those
 * that are as the file states left alone, so that an import that was interrupted or is repeated does the rest.
 */
export async function importProducts(
  db: TenantDb,
  source: AsyncIterable<SourceItem>,
  { signal, by = null, ...listeners }: ImportOptions = {},
): Promise<ImportReport> {
  const writer = new ReportWriter(listeners);
  try {
    for await (const batch of inBatches(source, BATCH)) {
      signal?.throwIfAborted();
      await importBatch(db, batch, writer, by);
      writer.progress();
    }
  } catch (error) {
    writer.stop(error);
  }
  return writer.report;
}

async function importBatch(db: TenantDb, batch: SourceItem[], writer: ReportWriter, by: string | null) {
  for (const item of batch) if (item.kind === 'refused') writer.refuse(item.faults);
  let open = batch.filter((item) => item.kind === 'product');
  for (let round = 1; open.length > 0; round++) {
    const shop = await readShop(db, open);
    const plans = await planAll(open, shop, { at: db.now(), by });
    writer.report.categoriesCreated += shop.categories.created;
    const { done, stale } = await writePlans(db, plans);
    for (const plan of done) record(plan, writer);
    if (round === MOST_ROUNDS) for (const stated of stale) record(busy(stated), writer);
    open = round === MOST_ROUNDS ? [] : stale;
  }
}

const busy = (stated: StatedProduct) =>
  refusal(stated, 'The product was changed by others at the same time, again and again: import it once more');

/** One after the other, as a category that one makes is there for the next. */
async function planAll(open: StatedProduct[], shop: Shop, change: { at: Date; by: string | null }) {
  const plans: Plan[] = [];
  for (const stated of open) plans.push(await planProduct(stated, shop, change));
  return plans;
}

async function readShop(db: TenantDb, open: StatedProduct[]): Promise<Shop> {
  const slugs = open.map(({ draft }) => draft.slug);
  const skus = [...new Set(open.flatMap((stated) => [...skuPlaces(stated).keys()]))];
  const [known, owners, categories] = await Promise.all([
    db
      .collection(products)
      .find<Product>({ slug: { $in: slugs }, isDeleted: false }, { limit: slugs.length }),
    db
      .collection(products)
      .find<Pick<Product, 'slug'> & { keys: Pick<Product['keys'], 'skus'> }>(
        { 'keys.skus': { $in: skus }, isDeleted: false },
        { limit: skus.length, projection: { slug: 1, 'keys.skus': 1 } },
      ),
    ImportedCategories.read(db),
  ]);
  return {
    bySlug: new Map(known.map((product) => [product.slug, product])),
    ownerOfSku: new Map(owners.flatMap(({ slug, keys }) => keys.skus.map((sku) => [sku, slug]))),
    categories,
  };
}

function record(plan: Plan, writer: ReportWriter) {
  if (plan.outcome === 'refused') return writer.refuse(plan.faults);
  writer.count(plan.outcome);
  writer.report.variants += plan.stated.draft.variants.length;
  if (plan.outcome !== 'unchanged') writer.note(plan.notes);
}
