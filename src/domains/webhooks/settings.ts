import { lookup as lookUp } from 'node:dns/promises';
import type { send } from './send.ts';

export type Resolved = { address: string; family: number };
export type Lookup = (hostname: string) => Promise<Resolved[]>;

/** What all webhooks of a process have in common. */
export type WebhookSettings = {
  /** The first seals, each opens. */
  secretsKeys: readonly Buffer[];
  /** No secret in the clear, and nothing sent to this machine. */
  production: boolean;
  lookup: Lookup;
  /** In place of `send`, where each try is watched. */
  send?: typeof send;
};

export const systemLookup: Lookup = (hostname) => lookUp(hostname, { all: true });
