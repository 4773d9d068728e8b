import { ObjectId } from 'mongodb';
import type { TenantDb } from '../mongo/tenant-db.ts';
import { outbox } from './collections.ts';

/** `subjectOf` names what the event happened to, out of its data. */
export type EventDefinition<D extends Record<string, unknown>> = {
  type: string;
  subjectOf: (data: D) => string;
};

export const defineEvent = <D extends Record<string, unknown>>(
  type: string,
  subjectOf: (data: D) => string,
): EventDefinition<D> => ({ type, subjectOf });

/** Tells the world, once and only if `tx` commits. */
export async function appendEvent<D extends Record<string, unknown>>(
  tx: TenantDb,
  { type, subjectOf }: EventDefinition<D>,
  data: D,
): Promise<void> {
  await tx
    .collection(outbox)
    .insertOne({ _id: new ObjectId(), type, subject: subjectOf(data), data, at: tx.now() });
}
