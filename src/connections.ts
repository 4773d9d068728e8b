import type { Tracer } from '@opentelemetry/api';
import type { Config } from './config.ts';
import type { Log } from './platform/log.ts';
import { type Database, openDatabase } from './platform/mongo/client.ts';
import type { Scope } from './platform/mongo/scope.ts';
import { flushSpans, openTracer } from './platform/tracing/tracer.ts';
import { type OpenServices, openServices } from './services.ts';

export type ConnectionOptions = {
  config: Config;
  mongodbUri: string;
  log: Log;
  now?: () => Date;
};

/** What a process holds open to others for as long as it lives. */
export type Connections = {
  database: Database;
  services: OpenServices;
  /** Null where nobody wants to see traces; asked once, at the start. */
  tracer: Tracer | null;
  close: () => Promise<void>;
};

/** All of them, or none: what was opened is closed again when one fails. */
export async function openConnections(
  { config, mongodbUri, log, now }: ConnectionOptions,
  onCommand: Scope['onCommand'],
): Promise<Connections> {
  const tracer = openTracer();
  const database = await openDatabase({
    uri: mongodbUri,
    name: config.MONGODB_DATABASE,
    guard: isGuarded(config),
    secondaries: config.READ_FROM_SECONDARIES === 'on',
    tracer,
    onCommand,
    ...(now && { now }),
  });
  const services = await openServices(config, database, log, tracer).catch(async (error) => {
    await database.close();
    throw error;
  });
  return {
    database,
    services,
    tracer,
    close: async () => {
      await services.close();
      await database.close();
      await flushSpans();
    },
  };
}

/** Whether each command is looked at for its tenant on its way out. */
export const isGuarded = ({ TENANT_GUARD, NODE_ENV }: Config) => TENANT_GUARD || NODE_ENV === 'test';
