import type { GraphQLSchema } from 'graphql';
import type { Config } from './config.ts';
import { addressAccount } from './domains/auth/cost-account.ts';
import { watched } from './domains/registry.ts';
import { type Tenant, tenants } from './domains/tenants/collections.ts';
import { Answers } from './platform/cache/answers.ts';
import { Cache } from './platform/cache/cache.ts';
import { Changes } from './platform/cache/changes.ts';
import { sharedAnswers } from './platform/cache/shared-store.ts';
import type { StreamObserver } from './platform/events/entries.ts';
import type { TrustedDocuments } from './platform/graphql/trusted-documents.ts';
import { type Connected, clientAddress } from './platform/http/client-address.ts';
import type { Budget } from './platform/limits/budget.ts';
import { findShop } from './request-context.ts';
import type { OpenServices } from './services.ts';

export type AnswerCacheOptions = {
  config: Config;
  schema: GraphQLSchema;
  trusted: TrustedDocuments | null;
  services: OpenServices;
  budget: Budget;
  now: () => number;
  /** Opens the change stream; told again as long as it is not open. */
  openStream: () => Promise<unknown>;
};

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_ENTRY_BYTES = 256 * 1024;
const NOBODY = { kind: 'none' } as const;
/** What an answer out of the cache costs, whatever it would cost to work out. */
const COST = 1;

/** The answer cache of this process, and what keeps it true. */
export function openAnswers(options: AnswerCacheOptions): { answers: Answers; observer: StreamObserver } {
  const { config, schema, trusted, services, now } = options;
  const { directory, redis } = services;
  // A shop that changes is known to every process as soon as anything else that does.
  const changes = new Changes(watched, (collection) => {
    if (collection === tenants.name) directory.forget();
  });
  const shared = redis && sharedAnswers(redis);
  const cache = new Cache({ changes, shared, now, mostBytes: MOST_BYTES, mostEntryBytes: MOST_ENTRY_BYTES });
  const source = { services, defaultTenant: config.DEFAULT_TENANT };
  const answers = new Answers({
    schema,
    cache,
    changes,
    watched,
    trusted,
    now,
    shopOf: async (asked) => {
      // Where the shop cannot be looked up, whoever answers without the cache says so.
      const shop = await findShop(source, asked.headers, NOBODY).catch(() => null);
      return shop && { id: shop._id.toHexString(), charge: () => charge(options, shop, asked) };
    },
    listen: once(options.openStream),
  });
  return { answers, observer: changes.observer };
}

async function charge(
  { budget, config }: AnswerCacheOptions,
  shop: Pick<Tenant, '_id' | 'plan'>,
  asked: Connected,
) {
  const account = addressAccount(shop, clientAddress(asked, config.TRUSTED_PROXIES));
  const { allowed } = await budget.pay(account, COST);
  const { perSecond: restoreRate } = account.bucket;
  return allowed
    ? { requested: COST, actual: COST, available: budget.available(account), restoreRate }
    : null;
}

/** Not again while it is under way. */
function once(open: () => Promise<unknown>): () => void {
  let isOpening = false;
  return () => {
    if (isOpening) return;
    isOpening = true;
    open()
      .catch(() => {})
      .finally(() => {
        isOpening = false;
      });
  };
}
