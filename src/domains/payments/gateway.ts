import { LRUCache } from 'lru-cache';
import { serviceUnavailable } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findAccount, listAccounts, openSecrets } from './accounts.ts';
import type { AccountSecrets, PaymentAccount } from './documents.ts';
import { openTally, type PaymentTally } from './figures.ts';
import { openManualProvider } from './manual-provider.ts';
import type { PaymentProvider } from './provider.ts';
import { openTestProvider } from './test-provider.ts';

const MOST_REMEMBERED = 1_000;

export type GatewayOptions = {
  /** The first seals, each opens. */
  secretsKeys: readonly Buffer[];
  /** Whether shops have the test provider without having asked for it. */
  testByDefault: boolean;
  /** Where this API is reached from outside. */
  publicUrl: string;
  stripeUrl: string | undefined;
  /** How long a provider has for one answer. */
  callMs: number;
  /** Hears of calls that failed, or were not answered. */
  onFailure: (error: unknown) => void;
};

export type OpenProvider = {
  provider: PaymentProvider;
  captureAtOnce: boolean;
  returnOrigins: readonly string[];
};

/** A way to pay that a storefront may offer. */
export type Method = { provider: string; publishableKey: string | null };

/** The providers of all shops. */
export type PaymentGateway = PaymentTally &
  Pick<GatewayOptions, 'secretsKeys' | 'callMs' | 'onFailure'> & {
    /** Null where the shop has no such provider. */
    open: (db: TenantDb, name: string, subdomain?: string) => Promise<OpenProvider | null>;
    methods: (db: TenantDb) => Promise<Method[]>;
    /** Where a provider of a shop sends its notices. */
    noticeUrl: (provider: string, subdomain: string) => string;
  };

/** By whom a charge was asked for, or is to be told of, decides how it is gone about; the rest needs a database and this. */
export type Paying = { readonly db: TenantDb; payments: PaymentGateway };

export function openGateway(options: GatewayOptions): PaymentGateway {
  const { secretsKeys, testByDefault, publicUrl, stripeUrl: apiUrl, callMs, onFailure } = options;
  const opened = new LRUCache<string, PaymentProvider>({ max: MOST_REMEMBERED });
  const noticeUrl = (provider: string, subdomain: string) => `${publicUrl}/payments/${provider}/${subdomain}`;

  async function stripeOf(account: PaymentAccount): Promise<PaymentProvider> {
    const name = `${account._id} ${account.version}`;
    const known = opened.get(name);
    if (known) return known;
    // Loaded once a shop has it: it is large.
    const { openStripeProvider } = await import('./stripe-provider.ts');
    const secrets = secretsOf(account);
    const made = openStripeProvider({ secrets, tenant: String(account.tenantId), apiUrl, callMs });
    opened.set(name, made);
    return made;
  }

  function secretsOf(account: PaymentAccount): AccountSecrets {
    try {
      return openSecrets(account, secretsKeys);
    } catch (error) {
      onFailure(error);
      throw serviceUnavailable('The shop cannot take this kind of payment at the moment', error);
    }
  }

  return {
    ...openTally(),
    secretsKeys,
    callMs,
    onFailure,
    noticeUrl,
    open: async (db, name, subdomain = '') => {
      if (name === 'manual')
        return { provider: openManualProvider(db), captureAtOnce: true, returnOrigins: [] };
      const account = await findAccount(db, name);
      const { captureAtOnce, returnOrigins } = account ?? { captureAtOnce: true, returnOrigins: [] };
      if (name === 'test' && (account || testByDefault)) {
        const confirmPage = (id: string) => `${noticeUrl('test', subdomain)}/confirm?charge=${id}`;
        return { provider: openTestProvider(db, confirmPage), captureAtOnce, returnOrigins };
      }
      return account && { provider: await stripeOf(account), captureAtOnce, returnOrigins };
    },
    methods: async (db) => {
      const methods = (await listAccounts(db)).map(({ provider, publishableKey }) => ({
        provider,
        publishableKey,
      }));
      const hasTest = !testByDefault || methods.some(({ provider }) => provider === 'test');
      return hasTest ? methods : [...methods, { provider: 'test', publishableKey: null }];
    },
  };
}
