import type { WebhookEvent } from '../../schema.types.ts';
import type { Permission } from '../auth/permissions.ts';
import { categoryChanged, inventoryChanged, productChanged } from '../catalogue/events.ts';
import { inventoryLow } from '../catalogue/low-stock.ts';
import { orderEventOf } from '../orders/events.ts';
import { promotionChanged } from '../promotions/events.ts';
import { reviewChanged } from '../reviews/events.ts';

type EventType = {
  /** As the outbox and a delivery name it. */
  type: string;
  /** What a webhook has to be permitted to hear of it. */
  scope: Permission;
  /** What a query may take as a variable beside `id`: ids and texts in the event's data. */
  variables: readonly string[];
};

const product = ['productId'];
const stocked = ['productId', 'variantId', 'sku'];

const orderEvent = (name: keyof typeof orderEventOf): EventType => ({
  type: orderEventOf[name].type,
  scope: 'orders:read',
  variables: ['orderId', 'number'],
});

/** Every event that a webhook can be told. */
export const EVENT_TYPES: Record<WebhookEvent, EventType> = {
  PRODUCT_CHANGED: { type: productChanged.type, scope: 'catalogue:read', variables: product },
  CATEGORY_CHANGED: { type: categoryChanged.type, scope: 'catalogue:read', variables: ['categoryId'] },
  INVENTORY_CHANGED: { type: inventoryChanged.type, scope: 'catalogue:read', variables: stocked },
  INVENTORY_LOW: { type: inventoryLow.type, scope: 'catalogue:read', variables: stocked },
  REVIEW_CHANGED: {
    type: reviewChanged.type,
    scope: 'reviews:moderate',
    variables: ['productId', 'reviewId'],
  },
  PROMOTION_CHANGED: { type: promotionChanged.type, scope: 'promotions:read', variables: ['promotionId'] },
  ORDER_PLACED: orderEvent('placed'),
  ORDER_PAYMENT_STARTED: orderEvent('paymentStarted'),
  ORDER_PAYMENT_DECLINED: orderEvent('paymentDeclined'),
  ORDER_PAYMENT_AUTHORIZED: orderEvent('paymentAuthorized'),
  ORDER_PAYMENT_VOIDED: orderEvent('paymentVoided'),
  ORDER_PAID: orderEvent('paid'),
  ORDER_FULFILLED: orderEvent('fulfilled'),
  ORDER_COMPLETED: orderEvent('completed'),
  ORDER_CANCELLED: orderEvent('cancelled'),
  ORDER_REFUND_STARTED: orderEvent('refundStarted'),
  ORDER_REFUND_SUCCEEDED: orderEvent('refundSucceeded'),
  ORDER_REFUND_FAILED: orderEvent('refundFailed'),
  ORDER_RETURNED: orderEvent('returned'),
  ORDER_NOTED: orderEvent('noted'),
  ORDER_ANONYMISED: orderEvent('anonymised'),
};

const byType = new Map(
  Object.entries(EVENT_TYPES).map(([name, { type }]) => [type, name as WebhookEvent] as const),
);

/** Undefined for an event that no webhook is told. */
export const eventOfType = (type: string): WebhookEvent | undefined => byType.get(type);

export const typeOf = (event: WebhookEvent): string => EVENT_TYPES[event].type;

export const scopesFor = (events: readonly WebhookEvent[]): Permission[] => [
  ...new Set(events.map((event) => EVENT_TYPES[event].scope)),
];

/** The id in a subject such as "product:6565…". */
export const idOfSubject = (subject: string): string => subject.slice(subject.indexOf(':') + 1);

/** What a query can be given of an event. */
export const variablesOf = (subject: string, data: Record<string, unknown>): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => isPlain(value))
      .map(([name, value]) => [name, String(value)]),
  ),
  id: idOfSubject(subject),
});

const isPlain = (value: unknown) =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && '_bsontype' in value);

/** The variables that each of these events has. */
export const variablesFor = (events: readonly WebhookEvent[]): string[] => {
  const [first = [], ...others] = events.map((event) => EVENT_TYPES[event].variables);
  return ['id', ...first.filter((name) => others.every((names) => names.includes(name)))];
};
