import { context, propagation, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { send } from './send.ts';

/** Sends with a span for each try, which the receiver may go on with (traceparent). Of the address, only the host. */
export const tracedSend =
  (tracer: Tracer): typeof send =>
  async (letter) => {
    const span = tracer.startSpan(`webhook ${letter.headers['souk-event-type']}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': 'POST',
        'server.address': letter.url.hostname,
        'souk.event_type': letter.headers['souk-event-type'] ?? '',
        'souk.webhook_id': letter.headers['souk-webhook-id'] ?? '',
      },
    });
    const headers = { ...letter.headers };
    propagation.inject(trace.setSpan(context.active(), span), headers);
    try {
      const sent = await send({ ...letter, headers });
      span.setAttribute('http.response.status_code', sent.status);
      if (sent.status >= 300) span.setStatus({ code: SpanStatusCode.ERROR });
      return sent;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      span.end();
    }
  };
