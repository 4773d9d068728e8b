import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';

const NAME = 'souk';
const FLUSH_MS = 1_000;

/** Null where nobody has brought an SDK (src/tracing.ts): then nothing is wrapped, and no request asks again. */
export function openTracer(): Tracer | null {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? (provider.getDelegateTracer(NAME) ?? null)
    : provider.getTracer(NAME);
}

type Flushing = TracerProvider & { forceFlush?: (options: { timeoutMillis: number }) => Promise<void> };

/** Sends what is still kept, for the process ends; a receiver that is away is not waited for. */
export async function flushSpans(): Promise<void> {
  const provider = trace.getTracerProvider();
  const sdk: Flushing = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  await sdk.forceFlush?.({ timeoutMillis: FLUSH_MS }).catch(() => {});
}
