import type { ObjectId } from 'mongodb';
import type { WebhookEvent } from '../../schema.types.ts';

/** One secret that deliveries are signed with; `text` is sealed, or says that it is plain (see secrets.ts). */
export type StoredSecret = { text: string; createdAt: Date };

/** Why nothing is sent any more. */
export type PauseReason = 'DEAD_IN_A_ROW' | 'FAILING_FOR_LONG' | 'GONE' | 'NOT_PERMITTED';

/** Where a shop's events are sent, and what is told of them. */
export type Webhook = {
  _id: ObjectId;
  tenantId: ObjectId;
  name: string;
  url: string;
  events: WebhookEvent[];
  /** A GraphQL query for the data; null for the event's own. */
  query: string | null;
  /** What the query may read. */
  scopes: string[];
  isActive: boolean;
  pausedAt: Date | null;
  pauseReason: PauseReason | null;
  /** Newest first; two during a rotation. */
  secrets: StoredSecret[];
  /** Who has to be permitted what it reads, as long as it reads; null when a key made it. */
  ownerId: ObjectId | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** When a webhook has something to send, who sends it, and how that went; beside the webhook, as it changes all the time. */
export type WebhookQueue = {
  /** The webhook's. */
  _id: ObjectId;
  tenantId: ObjectId;
  /** Null when nothing waits. */
  dueAt: Date | null;
  /** Goes up with each event that is put in: who looked before does not say when to look next. */
  wakes: number;
  owner: string | null;
  /** Goes up with each worker that takes over. */
  fence: number;
  leasedUntil: Date;
  /** Since the last delivery that arrived. */
  deadInRow: number;
  failingSince: Date | null;
  delivered: number;
  failed: number;
  died: number;
};

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'DEAD';

/** One event for one webhook. It has the event in it, which the outbox forgets after 30 days. */
export type WebhookDelivery = {
  _id: ObjectId;
  tenantId: ObjectId;
  webhookId: ObjectId;
  eventId: ObjectId;
  type: string;
  subject: string;
  data: Record<string, unknown>;
  at: Date;
  /** Sorts as the events were committed. */
  place: string;
  status: DeliveryStatus;
  attempts: number;
  /** When it is tried next; null when it is not. */
  dueAt: Date | null;
  /** Of the worker that tried it last; while it is under way, nobody knows yet how it ends. */
  fence: number;
  underway: boolean;
  responseStatus: number | null;
  responseBody: string | null;
  error: string | null;
  triedAt: Date | null;
  deliveredAt: Date | null;
  createdAt: Date;
};

/** How far the events of all shops are handed out, and who does it. */
export type WebhookFeed = {
  _id: 'outbox';
  owner: string | null;
  fence: number;
  leasedUntil: Date;
  /** Of the change stream; null before the first time. */
  token: string | null;
  /** When it was there. */
  at: Date | null;
};
