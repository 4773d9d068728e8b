import { onTestFinished } from 'vitest';
import { HttpError, readJsonBody } from '../../../src/platform/http/body.ts';
import { type HttpOptions, type HttpServer, listen, sendJson } from '../../../src/platform/http/server.ts';

/** A server that answers a JSON body at /echo; closed after the test. */
export async function startServer(
  options: Partial<HttpOptions> = {},
): Promise<HttpServer & { errors: unknown[] }> {
  const errors: unknown[] = [];
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    pages: () => false,
    readiness: async () => ({ ready: true, checks: {} }),
    onAnswer: () => {},
    onError: (error) => errors.push(error),
    ...options,
    routes: {
      '/echo': async (req, res) => sendJson(res, 200, await readJsonBody(req)),
      '/broken': () => Promise.reject(new Error('with a secret')),
      '/busy': () => Promise.reject(new HttpError(503, 'Too many', { 'retry-after': '1' })),
      ...options.routes,
    },
  });
  onTestFinished(() => server.close().catch(() => {}));
  return { ...server, errors };
}
