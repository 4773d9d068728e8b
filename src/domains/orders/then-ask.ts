import type { Context } from '../../context.ts';
import { type Answer, isRefusal, mutation } from '../../platform/graphql/mutation.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderAnswer } from './payment-answers.ts';

/**
 * A mutation in two steps: what is decided, in one transaction and once per key, and what is then asked of a provider.
 * A repeat takes the second step again, which does nothing where it was done, and answers the order as it is by then.
 */
export const thenAsk =
  <I extends { idempotencyKey?: string | null }, P extends object>(
    operation: string,
    decide: (tx: TenantDb, input: I, context: Context) => Promise<P>,
    ask: (decided: P, context: Context) => Promise<OrderAnswer>,
  ) =>
  async (parent: unknown, args: { input: I }, context: Context): Promise<OrderAnswer> => {
    const decided: Answer<P> = await mutation(operation, decide)(parent, args, context);
    return isRefusal(decided) ? decided : ask(decided, context);
  };
