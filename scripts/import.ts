import { basename } from 'node:path';
import { Command } from 'commander';
import { importProducts } from '../src/domains/catalogue/import/import-products.ts';
import { type ImportReport, isComplete } from '../src/domains/catalogue/import/import-report.ts';
import { ndjsonProducts } from '../src/domains/catalogue/import/ndjson.ts';
import { shopifyProducts } from '../src/domains/catalogue/import/shopify-csv.ts';
import { currencyDigits } from '../src/domains/pricing/money.ts';
import { importReviews } from '../src/domains/reviews/import/import-reviews.ts';
import { shopifyReviews } from '../src/domains/reviews/import/shopify-reviews.ts';
import { limitsOf } from '../src/domains/tenants/plans.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { openReportFile, summaryLines } from './support/import-output.ts';
import { bytesOf, type InputFile, inputFile } from './support/input-file.ts';
import { progressBar } from './support/progress.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';
import { UsageError } from './support/usage-error.ts';

type Options = {
  tenant: string;
  createTenant?: true;
  currency?: string;
  reviews?: string;
  report?: string;
  json?: true;
};

const READERS = { shopify: shopifyProducts, ndjson: ndjsonProducts };
type Format = keyof typeof READERS;

const command = new Command('npm run import --').description(
  'Brings products and reviews into a shop. Repeating an import changes nothing; docs/import.md explains both formats.',
);
addFormat('shopify', 'the product CSV that Shopify exports');
addFormat('ndjson', 'one product a line, as JSON');
await command.parseAsync();

function addFormat(format: Format, description: string) {
  command
    .command(format)
    .description(description)
    .argument('<file>', 'the products')
    .requiredOption('--tenant <subdomain>', 'the shop')
    .option('--create-tenant', 'make the shop if it is not there')
    .option('--currency <code>', "the file's currency; the shop's when not given, and USD for a new shop")
    .option('--reviews <file>', 'a CSV of reviews of these products')
    .option('--report <file>', 'write everything that was refused or noted there, one JSON a line')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: Options) => run(() => importFiles(format, file, options)));
}

async function importFiles(format: Format, path: string, options: Options) {
  if (options.currency) currencyDigits(options.currency);
  const products = await inputFile(path);
  const reviews = options.reviews === undefined ? null : await inputFile(options.reviews);
  const reportFile = openReportFile(options.report);
  try {
    await withDatabase((database) =>
      importInto(database, format, { products, reviews }, options, reportFile),
    );
  } finally {
    reportFile.close();
  }
}

type Files = { products: InputFile; reviews: InputFile | null };

async function importInto(
  database: Database,
  format: Format,
  files: Files,
  options: Options,
  { listeners }: ReturnType<typeof openReportFile>,
) {
  const began = performance.now();
  const tenant = await openTenant(database, {
    subdomain: options.tenant,
    create: options.createTenant ?? false,
    currency: options.currency,
  });
  const db = database.tenantDb(tenant._id);
  const mostProducts = limitsOf(tenant.plan).products;
  const currency = options.currency ?? tenant.settings.currency;
  const signal = stopSignal();

  const products = await reading(files.products, 'Products', (bytes, name) =>
    importProducts(db, READERS[format](bytes, { currency }), { signal, mostProducts, ...listeners(name) }),
  );
  const reviews =
    files.reviews &&
    (await reading(files.reviews, 'Reviews', (bytes, name) =>
      importReviews(db, shopifyReviews(bytes), { signal, ...listeners(name) }),
    ));
  const seconds = Math.round(performance.now() - began) / 1000;
  print(files, { tenant: tenant.subdomain, products, reviews, seconds }, options);
}

/** Ctrl-C ends the import between two batches: what is in stays, and a repeat goes on from there. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const reason = new UsageError('Stopped; what was imported stays, and importing again does the rest');
  process.once('SIGINT', () => stop.abort(reason));
  return stop.signal;
}

async function reading<R>(
  file: InputFile,
  what: string,
  work: (bytes: AsyncIterable<Uint8Array>, name: string) => Promise<R>,
): Promise<R> {
  const progress = progressBar(what, file.size);
  try {
    return await work(bytesOf(file, progress.at), basename(file.path));
  } finally {
    progress.done();
  }
}

type Result = { tenant: string; products: ImportReport; reviews: ImportReport | null; seconds: number };

function print({ products, reviews }: Files, result: Result, { json }: Options) {
  const complete = isComplete(result.products) && (result.reviews === null || isComplete(result.reviews));
  if (!complete) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ ...result, complete }, null, 2));
  const lines = summaryLines('Products', basename(products.path), result.products);
  if (reviews && result.reviews)
    lines.push(...summaryLines('Reviews', basename(reviews.path), result.reviews));
  console.log([...lines, `${complete ? '✔' : '✖ Not everything is in.'} ${result.seconds} s`].join('\n'));
}
