import { type CallIdentity, identityOf } from '../idempotency/call-identity.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';
import { type Caller, type Refusal, withUserErrors } from './mutation.ts';

type Input = { idempotencyKey?: string | null };
type Base = Caller & { db: TenantDb };

/**
 * The resolver of a mutation that may not run in a transaction, because what it changes is changed by many at once.
 * `change` is told which call it is, when the caller has named it, and has itself to see that one call happens once.
 */
export const mutationBeside =
  <I extends Input, C extends Base, P extends object>(
    operation: string,
    change: (db: TenantDb, input: I, context: C, call: CallIdentity | null) => Promise<P>,
  ) =>
  (_: unknown, { input }: { input: I }, context: C): Promise<(P & { userErrors: never[] }) | Refusal> =>
    withUserErrors(async () => {
      const { idempotencyKey: key, ...rest } = input;
      const caller = context.viewer.id ?? 'anonymous';
      const call = key == null ? null : identityOf(context.db, { caller, operation, key, input: rest });
      return { ...(await change(context.db, input, context, call)), userErrors: [] };
    });
