import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const text = z.string().trim().min(1);
const SECRETS_KEY_BYTES = 32;
const base64Keys = z
  .string()
  .transform((value) => value.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
  .refine(
    (keys) => keys.every((key) => key.length === SECRETS_KEY_BYTES),
    'is 32 bytes in base64: openssl rand -base64 32',
  );
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** Every environment variable that Souk reads; .env.example says the same in words. */
export const configSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: port.default(4000),
  HOST: text.default('127.0.0.1'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'starts with mongodb:// or mongodb+srv://')
    .optional(),
  MONGODB_DATABASE: text.default('souk'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'starts with redis:// or rediss://')
    .optional(),
  OPERATOR_KEY: z.string().min(32, 'has at least 32 characters: npm run operator-key makes one').optional(),
  SECRETS_KEY: base64Keys.optional(),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#]+$/, 'is http(s)://host, without a path')
    .optional(),
  STRIPE_API_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#]+$/, 'is http(s)://host:port, without a path')
    .optional(),
  PAYMENT_CALL_MS: z.coerce.number().int().min(100).max(10_000).default(8_000),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'starts with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: text.default('Souk <no-reply@localhost>'),
  DATA_DIR: text.default('.data'),
  S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^/?#]+$/, 'is http(s)://host:port, without a path')
    .optional(),
  S3_REGION: text.optional(),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  BACKUP_TO: text.optional(),
  BACKUP_KEY: text.optional(),
  DEFAULT_TENANT: text.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_REQUESTS: z.enum(['all', 'slow', 'off']).default('slow'),
  SLOW_MS: z.coerce.number().int().min(1).max(60_000).default(300),
  TENANT_GUARD: flag.default(false),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(20).default(0),
  READ_FROM_SECONDARIES: z.enum(['on', 'off']).default('off'),
  WORKER: z.enum(['inside', 'apart']).default('inside'),
  PROCESSES: z.coerce.number().int().min(1).max(256).optional(),
  TRUSTED_DOCUMENTS: text.optional(),
  TRUSTED_DOCUMENTS_ONLY: flag.default(false),
  ANSWER_CACHE: flag.default(true),
  MONGOMS_SYSTEM_BINARY: text.optional(),
  SOUK_CACHE_DIR: text.optional(),
  XDG_CACHE_HOME: text.optional(),
  HOME: text.optional(),
  PATH: z.string().default(''),
});

export type Config = z.output<typeof configSchema>;

/** An empty value counts as not set, as in a .env file with a name and nothing behind it. */
export function readConfig(environment: Record<string, string | undefined> = processEnvironment()): Config {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const result = configSchema.safeParse(Object.fromEntries(set));
  if (result.success) return result.data;
  throw new ConfigError(`The environment has values that Souk cannot use:\n${z.prettifyError(result.error)}`);
}

/** The environment, and from the file .env what it leaves unset. */
function processEnvironment() {
  if (existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}
