import { Command, InvalidArgumentError } from 'commander';
import { generatedProducts } from '../src/demo/generated-products.ts';
import { seedDemoShops } from '../src/demo/seed.ts';
import { importProducts } from '../src/domains/catalogue/import/import-products.ts';
import type { SourceItem } from '../src/domains/catalogue/import/import-source.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { progressBar } from './support/progress.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';

const wholeNumber = (text: string) => {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number from 1 to 9999999.');
};

const { products, tenant, currency } = new Command('npm run seed --')
  .description('Opens the demo shops, or with --products fills a shop with generated products.')
  .option('--products <count>', 'how many products to generate', wholeNumber)
  .option('--tenant <subdomain>', 'the shop that gets them; opened when it is not there', 'generated')
  .option('--currency <code>', 'the currency of a shop that is opened', 'USD')
  .parse()
  .opts<{ products?: number; tenant: string; currency: string }>();

await run(() => withDatabase((database) => (products ? generate(database, products) : seedDemo(database))));

async function seedDemo(database: Database) {
  const opened = await seedDemoShops(database);
  for (const shop of opened)
    console.log(`✔ ${shop.name}: ${shop.products} products, ${shop.reviews} reviews`);
  if (opened.length === 0) console.log('✔ The demo shops are there already');
}

async function generate(database: Database, count: number) {
  const shop = await openTenant(database, { subdomain: tenant, create: true, currency });
  const bar = progressBar('products', count);
  const db = database.tenantDb(shop._id, { deadline: Number.MAX_SAFE_INTEGER });
  const { counts } = await importProducts(db, generatedSource(count, shop.settings.currency), {
    onProgress: ({ created, updated, unchanged, refused }) => bar.at(created + updated + unchanged + refused),
  });
  bar.done();
  const { created, updated, unchanged, refused } = counts;
  console.log(
    `✔ ${tenant}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused`,
  );
}

async function* generatedSource(count: number, shopCurrency: string): AsyncGenerator<SourceItem> {
  let line = 0;
  for (const { draft, categoryPath } of generatedProducts(count, shopCurrency)) {
    line += 1;
    const place = { line, column: 'generated' };
    yield {
      kind: 'product',
      place,
      variantPlaces: draft.variants.map(() => place),
      draft: { ...draft, slug: draft.slug ?? draft.sku },
      category: { path: categoryPath },
      silent: new Set(),
      notes: [],
    };
  }
}
