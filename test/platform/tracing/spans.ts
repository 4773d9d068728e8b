import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../../support/mongo.ts';

export type SeenSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
  status: { code?: number };
};

type Sent = {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<SeenSpan, 'attributes'> & { attributes: Attribute[] })[] }[];
  }[];
};
type Attribute = { key: string; value: Record<string, unknown> };

/** A receiver of OTLP over HTTP, and what it was sent. */
export async function openCollector() {
  const collector = { url: '', raw: '', services: new Set<unknown>(), spans: [] as SeenSpan[] };
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await Array.fromAsync(request)).toString();
    collector.raw += raw;
    for (const { resource, scopeSpans } of (JSON.parse(raw) as Sent).resourceSpans) {
      collector.services.add(valuesOf(resource.attributes)['service.name']);
      for (const { spans } of scopeSpans)
        for (const span of spans) collector.spans.push({ ...span, attributes: valuesOf(span.attributes) });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return collector;
}

const valuesOf = (attributes: Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
