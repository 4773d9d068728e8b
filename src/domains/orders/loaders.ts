import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import { findHistories } from './archive/stored-orders.ts';

export const historyByOrder = defineLoader(
  (db, orderIds: ObjectId[]) => findHistories(db, orderIds),
  ({ orderId }) => orderId,
);
