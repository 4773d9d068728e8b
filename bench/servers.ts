import { type Serve, type Served, serve } from './processes.ts';
import type { BenchDatabase } from './shop-database.ts';

export const startFloor = (bench: BenchDatabase): Promise<Served> =>
  serve({
    script: 'floor.ts',
    args: [bench.uri, bench.name, String(bench.shop.db.tenantId), String(bench.stockShop.db.tenantId)],
  });

/** The API as `npm run serve` starts it, on one core unless told otherwise. */
export const startApi = (bench: BenchDatabase, options: Partial<Serve> = {}): Promise<Served> =>
  serve({
    script: '../src/main.ts',
    ...options,
    variables: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      MONGODB_URI: bench.uri,
      MONGODB_DATABASE: bench.name,
      LOG_LEVEL: 'info',
      ...options.variables,
    },
  });

/** Runs `work` with both servers, which end with it whatever happens. */
export async function withServers<R>(
  bench: BenchDatabase,
  options: Partial<Serve>,
  work: (servers: { floor: Served; api: Served }) => Promise<R>,
): Promise<R> {
  const floor = await startFloor(bench);
  try {
    const api = await startApi(bench, options);
    return await work({ floor, api }).finally(api.stop);
  } finally {
    await floor.stop();
  }
}
