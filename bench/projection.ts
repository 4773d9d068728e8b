import { randomFrom } from '../src/demo/random.ts';
import { products } from '../src/domains/catalogue/collections.ts';
import { slugOf } from './catalogue.ts';
import { cpuSeconds, pinClients } from './processes.ts';
import { aligned, print, spread } from './report.ts';
import { say } from './say.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

type Read = (projection: object) => Promise<unknown>;
type Measured = { node: number; mongod: number; perSecond: number };
type Options = { products: number; rounds: number; seconds: number; json: boolean };

const WHOLE: Record<string, string> = {
  Q1: 'sku name slug description status pricing category variants reviews tags media seo version createdAt updatedAt',
  Q2: 'name slug pricing variants media reviews',
};
/** Where a dotted path leaves an array or a long text out; the API reads Q2 so. */
const SPARING: Record<string, string> = {
  Q2: 'name slug pricing variants media reviews.count reviews.average reviews.distribution',
};
const PRICING = 'pricing.currency pricing.basePrice pricing.salePrice pricing.discounts';
const VARIANTS =
  'variants._id variants.sku variants.attributes variants.pricing variants.inventory.available';
const DOTTED: Record<string, string> = {
  Q1: `sku name slug description status ${PRICING} pricing.taxRate category._id category.name category.slug
    category.path ${VARIANTS} reviews.count reviews.average reviews.distribution reviews.recent.userName
    reviews.recent.rating reviews.recent.comment reviews.recent.createdAt tags media.url media.alt media.position
    seo.title seo.description version createdAt updatedAt`,
  Q2: `name slug ${PRICING} ${VARIANTS} media.url media.alt reviews.count reviews.average`,
};

/** What it costs to read whole top-level fields, or only the paths that are shown; the driver alone, without the API. */
export const projection = ({ products: count, rounds, seconds, json }: Options) =>
  withBenchDatabase(count, say, async (bench) => {
    pinClients(bench.mongod.pid);
    const reads: Record<string, Read> = { Q1: readPage(bench), Q2: readList(bench) };
    const rows: { query: string; way: string; measured: Measured }[] = [];
    for (const [query, read] of Object.entries(reads)) {
      const ways = Object.entries({ whole: WHOLE, sparing: SPARING, dotted: DOTTED }).flatMap(
        ([way, { [query]: fields }]) => (fields ? [{ way, read: () => read(fieldsOf(fields)) }] : []),
      );
      for (const one of await inTurn(bench, ways, { rounds, seconds })) rows.push({ query, ...one });
    }
    const cells = rows.map(({ query, way, measured: { node, mongod, perSecond } }) => [
      ...[query, way],
      ...[node, mongod, perSecond].map((value) => value.toFixed(0)),
    ]);
    const headings = ['', 'fields', 'node CPU µs', 'mongod CPU µs', 'reads/s'];
    print(bench, { json, text: aligned([headings, ...cells]), data: { rows }, met: true });
  });

const fieldsOf = (fields: string) => Object.fromEntries(fields.split(/\s+/).map((name) => [name, 1]));
const shown = { isDeleted: false, status: 'ACTIVE' as const };

function readPage({ shop }: BenchDatabase): Read {
  const random = randomFrom(7);
  const slugs = Array.from({ length: 500 }, () => slugOf(Math.floor(random() * shop.products)));
  let asked = 0;
  return (fields) => {
    const slug = slugs[asked++ % slugs.length] ?? '';
    return shop.db.collection(products).findOne({ slug, ...shown }, { projection: fields });
  };
}

const readList =
  ({ shop }: BenchDatabase): Read =>
  (fields) =>
    shop.db
      .collection(products)
      .find(shown, { sort: { 'keys.price': 1, _id: 1 }, limit: 25, projection: fields });

type Way = { way: string; read: () => Promise<unknown> };

/** The first round only warms up. */
async function inTurn(
  bench: BenchDatabase,
  ways: Way[],
  { rounds, seconds }: Record<'rounds' | 'seconds', number>,
) {
  const measured = new Map<string, Measured[]>(ways.map(({ way }) => [way, []]));
  for (let round = 0; round <= rounds; round++)
    for (const { way, read } of ways) {
      const one = await measure(bench, read, seconds);
      if (round > 0) measured.get(way)?.push(one);
    }
  const median = (some: Measured[], what: keyof Measured) => spread(some.map((one) => one[what])).median;
  return [...measured].map(([way, some]) => ({
    way,
    measured: {
      node: median(some, 'node'),
      mongod: median(some, 'mongod'),
      perSecond: median(some, 'perSecond'),
    },
  }));
}

const AT_ONCE = 8;

async function measure(
  { mongod: { pid } }: BenchDatabase,
  read: Way['read'],
  seconds: number,
): Promise<Measured> {
  const mongodCpu = () => (pid === null ? Number.NaN : cpuSeconds(pid));
  const before = { node: process.cpuUsage(), mongod: mongodCpu() };
  const end = performance.now() + seconds * 1_000;
  let done = 0;
  const reader = async () => {
    for (; performance.now() < end; done++) await read();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  const { user, system } = process.cpuUsage(before.node);
  return {
    node: (user + system) / done,
    mongod: ((mongodCpu() - before.mongod) / done) * 1e6,
    perSecond: done / seconds,
  };
}
