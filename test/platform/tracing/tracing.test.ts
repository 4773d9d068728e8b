import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { context, propagation, trace } from '@opentelemetry/api';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLog } from '../../../src/platform/log.ts';
import { flushSpans } from '../../../src/platform/tracing/tracer.ts';
import { startTestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { openShop } from '../../support/shop.ts';
import { openReceiver } from '../../webhooks/receiver.ts';
import { createWebhook, TEST } from '../../webhooks/requests.ts';
import { openCollector } from './spans.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

it('sends a span for each request, operation, command and webhook, each below what caused it, and no value', async () => {
  const collector = await openCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
  onTestFinished(() => {
    for (const api of [trace, context, propagation]) api.disable();
    vi.unstubAllEnvs();
  });
  await import('../../../src/tracing.ts');
  const lines: Record<string, unknown>[] = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
  const app = await startTestApp({ LOG_REQUESTS: 'all', SLOW_MS: '1' }, { log });
  const shop = await openShop({ app });
  await shop.product({ slug: 'hidden-slug', sku: 'HIDDEN-SKU' });

  const query = 'query Page($slug: String!) { product(slug: $slug) { id name } }';
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const answer = await shop.request(query, { slug: 'hidden-slug' }, { traceparent });
  expect(answer.data.product.id).toBeTruthy();
  const receiver = await openReceiver();
  const webhook = { url: `${receiver.url}?token=hidden-token`, events: ['ORDER_NOTED'] };
  const { id } = await createWebhook(shop, webhook);
  await shop.request(TEST, { input: { id, event: 'ORDER_NOTED', send: true } }, await shop.staff());
  await flushSpans();
  const named = (wanted: string) => collector.spans.find((span) => span.name === wanted);

  const [request, operation] = [named('POST /graphql'), named('query Page')];
  expect(request).toMatchObject({
    ...{ traceId: TRACE, parentSpanId: CALLER, kind: 2 },
    attributes: { 'http.route': '/graphql', 'http.response.status_code': 200 },
  });
  expect(operation).toMatchObject({
    ...{ traceId: TRACE, parentSpanId: request?.spanId },
    attributes: { 'graphql.operation.name': 'Page', 'souk.tenant': String(shop.tenant._id) },
  });
  const find = collector.spans.find(
    (span) => span.name === 'find products' && span.parentSpanId === operation?.spanId,
  );
  expect(find?.attributes).toMatchObject({
    'db.namespace': app.databaseName,
    'db.collection.name': 'products',
  });
  const create = named('mutation { webhookCreate }');
  expect(named('commitTransaction')?.parentSpanId).toBe(create?.spanId);
  const sent = named('webhook order.noted');
  expect(sent?.parentSpanId).toBe(named('mutation { webhookTest }')?.spanId);
  expect(sent?.attributes).toMatchObject({
    ...{ 'server.address': 'localhost', 'http.response.status_code': 204 },
  });
  expect(receiver.got[0]?.headers.traceparent).toBe(`00-${sent?.traceId}-${sent?.spanId}-01`);
  // The line of the request, and that of what it waited for.
  const told = () => lines.filter(({ operation }) => operation === 'Page');
  await eventually(async () => told().length).toBe(2);
  for (const line of told()) expect(line).toMatchObject({ trace_id: TRACE, span_id: request?.spanId });
  log.info('outside of a request');
  expect(lines.at(-1)).not.toHaveProperty('trace_id');
  expect([...collector.services]).toEqual(['souk']);
  expect(collector.raw).not.toMatch(/hidden/i);
  // What no request asked for has none.
  expect(collector.spans.filter(({ kind, parentSpanId }) => kind === 3 && !parentSpanId)).toEqual([]);
});

it('says how to install what it needs where that is missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-tracing-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const packages = join(folder, 'node_modules', '@opentelemetry');
  await mkdir(packages, { recursive: true });
  await symlink(resolve('node_modules/@opentelemetry/api'), join(packages, 'api'));
  for (const file of ['package.json', 'src/tracing.ts']) await cp(file, join(folder, file));
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', './src/tracing.ts', '--eval', 'console.log()'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^✖ .* not installed: npm install --no-save .*@opentelemetry\/sdk-trace@\d/);
});
