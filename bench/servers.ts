import { type Serve, type Served, serve } from './processes.ts';
import type { BenchDatabase } from './shop-database.ts';

export const startFloor = ({ uri, name, shop, stockShop }: BenchDatabase): Promise<Served> =>
  serve({ script: 'floor.ts', args: [uri, name, String(shop.db.tenantId), String(stockShop.db.tenantId)] });

/** The API as `npm run serve` starts it, but that it works each answer out; on one core unless told otherwise. */
export const startApi = (bench: BenchDatabase, options: Partial<Serve> = {}): Promise<Served> =>
  serve({
    script: '../src/main.ts',
    ...options,
    variables: { ...serveVariables(bench), ANSWER_CACHE: '0', PORT: '0', ...options.variables },
  });

export const serveVariables = ({ uri, name }: Pick<BenchDatabase, 'uri' | 'name'>) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  MONGODB_URI: uri,
  MONGODB_DATABASE: name,
  LOG_LEVEL: 'info',
});

/** Runs `work` with a server, which ends with it whatever happens. */
export async function withServer<R>(
  started: Promise<Served>,
  work: (server: Served) => Promise<R>,
): Promise<R> {
  const server = await started;
  return work(server).finally(server.stop);
}
