import { products } from '../src/domains/catalogue/collections.ts';
import type { Product } from '../src/domains/catalogue/documents.ts';
import { isActive } from '../src/domains/catalogue/products.ts';
import { MOST_BEHIND_MS } from '../src/platform/cache/changes.ts';
import { contestsOf, hold, type Pace } from './contests.ts';
import { pinClients, type Served } from './processes.ts';
import { spread } from './report.ts';
import { say } from './say.ts';
import { startApi, startFloor, withServer } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

export type AnswerCacheOptions = Pace & { products: number; changes: number };

const PAGE = 'query ($slug: String!) { product(slug: $slug) { name } }';
const PATIENCE_MS = 5_000;

/** The product page out of the answer cache against the floor, and how long it answers what has changed. */
export async function answerCache({ products: count, changes, ...pace }: AnswerCacheOptions): Promise<void> {
  await withBenchDatabase(count, say, async (bench) => {
    pinClients(bench.mongod.pid);
    await withServer(startFloor(bench), (floor) =>
      withServer(startApi(bench, { variables: { ANSWER_CACHE: '1' } }), async (api) => {
        const [page] = contestsOf(bench, { floor, api });
        if (!page) throw new Error('There is no contest of product pages');
        const { rounds } = await hold(page, bench, pace);
        const ratio = spread(rounds.map(({ own, base }) => own.perSecond / base.perSecond));
        const perSecond = spread(rounds.map(({ own }) => own.perSecond));
        const cpu = spread(rounds.map(({ own, base }) => base.cpuMicros / own.cpuMicros));
        const cpuMicros = spread(rounds.map(({ own }) => own.cpuMicros));
        const requests = await states(api);
        say(`${changes} products are changed, one after the other`);
        const gone = await changesSeen(bench, api, changes);
        console.log(
          JSON.stringify({ ratio, cpu, cpuMicros, perSecond, requests, goneAfterMs: gone }, null, 2),
        );
      }),
    );
  });
}

/** How many requests were answered from where. */
async function states({ url }: Served) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counted = text.matchAll(/^answer_cache_requests_total\{state="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...counted].map(([, state, count]) => [state, Number(count)]));
}

/**
 * From when a write is acknowledged until it is answered, in milliseconds; and how many old answers were given to requests
 * that were sent later than may be.
 */
async function changesSeen({ shop }: BenchDatabase, { url }: Served, changes: number) {
  const some = await shop.db.collection(products).find<Product>(isActive, { limit: 100 });
  const times: number[] = [];
  let late = 0;
  for (let n = 0; n < changes; n++) {
    const product = some[n % some.length];
    if (!product) throw new Error('The shop has no product');
    const nameNow = () => ask(url, shop.subdomain, product.slug);
    await nameNow();
    const name = `${product.name} ${n}`;
    await shop.db.collection(products).updateOne({ _id: product._id }, { $set: { name } });
    const acknowledged = performance.now();
    for (;;) {
      const askedAfter = performance.now() - acknowledged;
      if ((await nameNow()) === name) break;
      if (askedAfter > MOST_BEHIND_MS) late += 1;
      if (askedAfter > PATIENCE_MS) throw new Error(`${name} is not answered`);
    }
    times.push(performance.now() - acknowledged);
    await shop.db.collection(products).updateOne({ _id: product._id }, { $set: { name: product.name } });
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Number(sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1));
  return { p50: at(0.5), p99: at(0.99), longest: at(1), late };
}

async function ask(url: string, subdomain: string, slug: string): Promise<string | undefined> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': subdomain },
    body: JSON.stringify({ query: PAGE, variables: { slug } }),
  });
  const { data } = (await response.json()) as { data?: { product: { name: string } | null } };
  return data?.product?.name;
}
