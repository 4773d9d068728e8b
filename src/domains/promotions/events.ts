import type { ObjectId } from 'mongodb';
import { defineEvent } from '../../platform/events/event.ts';

type Changed = { promotionId: ObjectId; operation: 'CREATED' | 'UPDATED' | 'DELETED' };

export const promotionChanged = defineEvent<Changed>(
  'promotion.changed',
  ({ promotionId }) => `promotion:${promotionId}`,
);
