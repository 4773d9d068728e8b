import type { IncomingMessage } from 'node:http';
import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { nameRequest } from '../http/headers.ts';
import type { Handler } from '../http/server.ts';

const spans = new WeakMap<IncomingMessage, Span>();

/** Does what is still to be done for a request, such as a line in the log, as a part of its span where it has one. */
export function withSpanOf(req: IncomingMessage, work: () => void): void {
  const span = spans.get(req);
  if (span) context.with(trace.setSpan(context.active(), span), work);
  else work();
}

/** A span for each request, below that of its caller, if it names one (traceparent). No address, no header, no query. */
export const tracedRoutes = <R extends Record<string, Handler>>(tracer: Tracer, routes: R): R =>
  Object.fromEntries(
    Object.entries(routes).map(([route, handler]) => [route, traced(tracer, route, handler)]),
  ) as R;

const traced =
  (tracer: Tracer, route: string, handler: Handler): Handler =>
  (req, res) => {
    const caller = propagation.extract(context.active(), req.headers);
    const span = tracer.startSpan(`${req.method} ${route}`, startOf(req, route), caller);
    spans.set(req, span);
    res.once('close', () => {
      span.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    return context.with(trace.setSpan(caller, span), () => handler(req, res));
  };

const startOf = (req: IncomingMessage, route: string) => ({
  kind: SpanKind.SERVER,
  attributes: {
    'http.request.method': req.method ?? '',
    'http.route': route,
    'souk.request_id': nameRequest(req),
  },
});
