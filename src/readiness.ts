import type { Connections } from './connections.ts';
import type { Readiness } from './platform/http/server.ts';

/**
 * Whether requests should come here: MongoDB answers, and the server is warm. Redis is said to be away and is no reason
 * to refuse anybody: everything works without it, and it would be away for all servers at once.
 */
export async function readinessOf({ database, services }: Connections, warm: boolean): Promise<Readiness> {
  const [mongodb, redis] = await Promise.all([
    database.ping().then(
      () => 'ok',
      (error) => String(error.message),
    ),
    services.redis?.ping().then((answers) => (answers ? 'ok' : 'does not answer; going on without it')),
  ]);
  return {
    ready: warm && mongodb === 'ok',
    checks: { mongodb, ...(redis && { redis }), ...(!warm && { server: 'warming up' }) },
  };
}
