import { readFileSync } from 'node:fs';
import { context, propagation, trace } from '@opentelemetry/api';

/**
 * Sends spans to OTEL_EXPORTER_OTLP_ENDPOINT: node --import ./src/tracing.ts src/main.ts. The packages of the SDK read
 * the environment by themselves, and are loaded here alone.
 */
const PACKAGES = [
  '@opentelemetry/core',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/context-async-hooks',
];
/** How long spans wait for others that go with them. */
const SEND_EVERY_MS = 1_000;

const { version, devDependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

const { core, resources, sdk, otlp, hooks } = await load().catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const wanted = PACKAGES.map((name) => `${name}@${devDependencies[name]}`).join(' ');
  console.error(`✖ src/tracing.ts needs packages that are not installed: npm install --no-save ${wanted}`);
  process.exit(1);
});

async function load() {
  const [core, resources, sdk, otlp, hooks] = await Promise.all([
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/context-async-hooks'),
  ]);
  return { core, resources, sdk, otlp, hooks };
}

/** OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES may say more of this process, or otherwise. */
const resource = resources
  .resourceFromAttributes({ 'service.name': 'souk', 'service.version': version })
  .merge(resources.detectResources({ detectors: [resources.envDetector] }));
const root = new sdk.TraceIdRatioBasedSampler(core.getNumberFromEnv('OTEL_TRACES_SAMPLER_ARG') ?? 1);
const exporter = new otlp.OTLPTraceExporter();

context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager());
propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
trace.setGlobalTracerProvider(
  new sdk.TracerProvider({
    resource,
    sampler: new sdk.ParentBasedSampler({ root }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, scheduledDelayMillis: SEND_EVERY_MS })],
  }),
);
