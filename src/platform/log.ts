import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line an event, with the span that it belongs to where there are spans; secrets never reach it. */
export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: spanNow,
      redact: ['*.authorization', '*["x-api-key"]', '*.password', '*.secret', '*.token'],
    },
    destination,
  );

/** By the names that OpenTelemetry gives them in lines of JSON. */
function spanNow(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
