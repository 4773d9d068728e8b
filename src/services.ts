import { join } from 'node:path';
import type { Tracer } from '@opentelemetry/api';
import type { Config } from './config.ts';
import { type ApiKeyStore, openApiKeyStore } from './domains/auth/api-keys.ts';
import { openSessionStore, type SessionStore } from './domains/auth/session-store.ts';
import { type CartCopies, openCartCopies } from './domains/carts/cart-copies.ts';
import { openViewCounter, type ViewCounter } from './domains/catalogue/popularity/view-counter.ts';
import { openGateway, type PaymentGateway } from './domains/payments/gateway.ts';
import { openDirectory, type ShopDirectory } from './domains/tenants/directory.ts';
import { systemLookup, type WebhookSettings } from './domains/webhooks/settings.ts';
import { tracedSend } from './domains/webhooks/traced-send.ts';
import { type LastWrites, openLastWrites } from './platform/cache/last-writes.ts';
import { sharedLookUps } from './platform/cache/shared-store.ts';
import { openBuckets, type TokenBuckets } from './platform/limits/token-bucket.ts';
import type { Log } from './platform/log.ts';
import { folderTransport } from './platform/mail/folder.ts';
import { type Mailer, openMailer } from './platform/mail/mail.ts';
import { smtpTransport } from './platform/mail/smtp.ts';
import type { Database } from './platform/mongo/client.ts';
import { openRedis, type RedisHandle } from './platform/redis/client.ts';

/** What lives as long as the process, and every request is given. */
export type Services = {
  sessions: SessionStore;
  apiKeys: ApiKeyStore;
  directory: ShopDirectory;
  buckets: TokenBuckets;
  views: ViewCounter;
  carts: CartCopies;
  mailer: Mailer;
  payments: PaymentGateway;
  webhooks: WebhookSettings;
  /** Null where all is read from the primary. */
  lastWrites: LastWrites | null;
};

export type OpenServices = Services & {
  /** Null where REDIS_URL is not set. */
  redis: RedisHandle | null;
  close: () => Promise<void>;
};

/** How long the end of a process may take for what it holds. */
const FAREWELL_MS = 3_000;

export async function openServices(
  config: Config,
  database: Database,
  log: Log,
  tracer: Tracer | null = null,
): Promise<OpenServices> {
  const redis = config.REDIS_URL ? await openRedis(config.REDIS_URL, log) : null;
  const views = openViewCounter(redis);
  const mailer = openMailer(await transportOf(config, log), log);
  return {
    redis,
    sessions: openSessionStore(redis),
    apiKeys: openApiKeyStore(),
    directory: openDirectory(
      database.systemDb('find the shop of a request', { commandMs: 5_000 }),
      redis && sharedLookUps(redis),
    ),
    buckets: openBuckets(redis),
    views,
    carts: openCartCopies(redis),
    mailer,
    payments: openGateway(paymentOptions(config, log)),
    webhooks: {
      secretsKeys: config.SECRETS_KEY ?? [],
      production: config.NODE_ENV === 'production',
      lookup: systemLookup,
      ...(tracer && { send: tracedSend(tracer) }),
    },
    lastWrites: config.READ_FROM_SECONDARIES === 'on' ? openLastWrites(redis) : null,
    close: async () => {
      await views
        .countOwn(database.systemDb('views at the end of a process', { deadline: Date.now() + FAREWELL_MS }))
        .catch((error) => log.warn({ err: error }, 'views that were not counted are lost'));
      await mailer.close();
      await redis?.close();
    },
  };
}

const transportOf = async ({ SMTP_URL, MAIL_FROM, DATA_DIR }: Config, log: Log) =>
  SMTP_URL ? smtpTransport(SMTP_URL, MAIL_FROM) : folderTransport(join(DATA_DIR, 'mail'), MAIL_FROM, log);

const paymentOptions = ({ HOST, PORT, ...config }: Config, log: Log) => ({
  secretsKeys: config.SECRETS_KEY ?? [],
  testByDefault: config.NODE_ENV !== 'production',
  publicUrl: config.PUBLIC_URL ?? `http://${HOST}:${PORT}`,
  stripeUrl: config.STRIPE_API_URL,
  callMs: config.PAYMENT_CALL_MS,
  onFailure: (error: unknown) => log.warn({ err: error }, 'a call to a payment provider came to nothing'),
});
