import { MongoServerError } from 'mongodb';
import { UserError } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { refreshVocabulary } from '../vocabulary.ts';
import { inBatches } from './batches.ts';
import { importProduct, type ProductResult, refusal } from './import-product.ts';
import { type ImportListeners, type ImportReport, ReportWriter } from './import-report.ts';
import { readShop } from './import-shop.ts';
import type { SourceItem, StatedProduct } from './import-source.ts';
import { isWriteConflict, PATIENCE_MS, patiently } from './patience.ts';

export type ImportOptions = ImportListeners & {
  signal?: AbortSignal | undefined;
  /** For how many products the shop's plan has room; without it, for any number. */
  mostProducts?: number | undefined;
};

/** Small enough for one transaction, however many variants the products have. */
const BATCH = {
  most: 50,
  heaviest: 500,
  weigh: (item: SourceItem) => (item.kind === 'product' ? item.draft.variants.length : 0),
};

/**
 * Brings products into the shop, a batch at a time: new ones are created, those with the same slug changed, and those
 * that are as the file states left alone, so that an import that was interrupted or is repeated does the rest.
 */
export async function importProducts(
  db: TenantDb,
  source: AsyncIterable<SourceItem>,
  { signal, mostProducts = Number.MAX_SAFE_INTEGER, ...listeners }: ImportOptions = {},
): Promise<ImportReport> {
  const writer = new ReportWriter(listeners);
  try {
    for await (const batch of inBatches(source, BATCH)) {
      signal?.throwIfAborted();
      for (const item of batch) if (item.kind === 'refused') writer.refuse(item.faults);
      const stated = batch.filter((item) => item.kind === 'product');
      for (const result of await importBatch(db, stated, mostProducts)) record(result, writer);
      writer.progress();
    }
  } catch (error) {
    writer.stop(error);
  }
  const { created, updated } = writer.report.counts;
  if (created + updated > 0 && !signal?.aborted) await refreshVocabulary(db);
  return writer.report;
}

/** A batch is one transaction: what others change meanwhile makes it begin again, from what is there by then. */
async function importBatch(
  db: TenantDb,
  stated: StatedProduct[],
  mostProducts: number,
): Promise<BatchResult[]> {
  if (stated.length === 0) return [];
  const together = (some: StatedProduct[]) => db.transaction((tx) => importTogether(tx, some, mostProducts));
  try {
    return [await together(stated)];
  } catch (error) {
    if (!isOfOneProduct(error)) throw error;
    return importOneByOne(stated, together);
  }
}

/** One of them is at fault, and the error does not say which. */
async function importOneByOne(
  stated: StatedProduct[],
  together: (some: StatedProduct[]) => Promise<BatchResult>,
): Promise<BatchResult[]> {
  const deadline = Date.now() + PATIENCE_MS;
  const done: BatchResult[] = [];
  for (const each of stated) {
    try {
      done.push(await patiently(() => together([each]), deadline));
    } catch (error) {
      if (!isOfOneProduct(error)) throw error;
      done.push({ results: [refusal(each, reasonOf(error))], categoriesCreated: 0 });
    }
  }
  return done;
}

type BatchResult = { results: ProductResult[]; categoriesCreated: number };

/** One after the other, as a category that one makes is there for the next. */
async function importTogether(
  tx: TenantDb,
  stated: StatedProduct[],
  mostProducts: number,
): Promise<BatchResult> {
  const shop = await readShop(tx, stated);
  const results: ProductResult[] = [];
  for (const each of stated) results.push(await importProduct(tx, each, shop, mostProducts));
  return { results, categoriesCreated: shop.categories.created };
}

const FAILED_VALIDATION = 121;

const isOfOneProduct = (error: unknown) =>
  error instanceof UserError ||
  isWriteConflict(error) ||
  (error instanceof MongoServerError && error.code === FAILED_VALIDATION);

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (isWriteConflict(error)) {
    return 'The product was changed by others at the same time, again and again: import it once more';
  }
  return `The database refuses the product${refusedFields(error)}: ${error instanceof Error ? error.message : error}`;
}

/** The path of what broke a validator's rule, out of MongoDB's nested account of it. */
function refusedFields(error: unknown): string {
  const account = JSON.stringify(error instanceof MongoServerError ? error.errInfo : undefined) ?? '';
  const names = [...account.matchAll(/"propertyName":"([^"]+)"/g)].map(([, name]) => name);
  return names.length > 0 ? `'s ${names.join('.')}` : '';
}

function record({ results, categoriesCreated }: BatchResult, writer: ReportWriter) {
  writer.report.categoriesCreated += categoriesCreated;
  for (const result of results) {
    if (result.outcome === 'refused') writer.refuse(result.faults);
    else {
      writer.count(result.outcome);
      writer.report.variants += result.variants;
      if (result.outcome !== 'unchanged') writer.note(result.notes);
    }
  }
}
