import type { FormattedExecutionResult } from 'graphql';
import type { OpenSubscription } from '../graphql/live-operations.ts';
import type { Connected } from './client-address.ts';
import type { OriginPolicy } from './cors.ts';

/** What both ways to subscribe need of the API. */
export type LiveServer<C> = {
  contextOf: (asked: Connected) => Promise<C>;
  /** Answers a query or a mutation as a POST is, and opens a subscription; throws Refused. */
  open: (asked: Connected, sent: SentRequest, onFull: () => void) => Promise<Opened<C>>;
  /** Where whoever begins now would continue. */
  resumeToken: () => Promise<string>;
  origins: OriginPolicy;
  onError: (error: unknown) => void;
};

/** As it was sent, and not yet looked at. */
export type SentRequest = Record<string, unknown>;

export type Opened<C> =
  | { answer: FormattedExecutionResult; subscription?: never }
  | { subscription: OpenSubscription<C>; answer?: never };
