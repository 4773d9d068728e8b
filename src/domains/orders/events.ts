import type { ObjectId } from 'mongodb';
import { defineEvent, type EventDefinition } from '../../platform/events/event.ts';
import type { Order, OrderChange } from './documents.ts';

export type OrderNews = { orderId: ObjectId } & Pick<Order, 'number' | 'status' | 'paymentStatus'>;

const orderEvent = (name: OrderChange['type']) =>
  defineEvent<OrderNews>(`order.${name}`, ({ orderId }) => `order:${orderId}`);

/** What the outbox tells of each thing that can happen to an order. */
export const orderEventOf: Record<OrderChange['type'], EventDefinition<OrderNews>> = {
  placed: orderEvent('placed'),
  paymentStarted: orderEvent('paymentStarted'),
  paymentDeclined: orderEvent('paymentDeclined'),
  paymentAuthorized: orderEvent('paymentAuthorized'),
  paymentVoided: orderEvent('paymentVoided'),
  paid: orderEvent('paid'),
  fulfilled: orderEvent('fulfilled'),
  completed: orderEvent('completed'),
  cancelled: orderEvent('cancelled'),
  refundStarted: orderEvent('refundStarted'),
  refundSucceeded: orderEvent('refundSucceeded'),
  refundFailed: orderEvent('refundFailed'),
  returned: orderEvent('returned'),
  noted: orderEvent('noted'),
  anonymised: orderEvent('anonymised'),
};
