import { randomUUID } from 'node:crypto';
import { UserError } from '../errors.ts';
import { once } from '../idempotency/once.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';

/** What a mutation needs to know of the request. */
export type Caller = { db: TenantDb; viewer: { id: string | null } };

export type Refusal = { userErrors: UserError[] };
type Input = { idempotencyKey?: string | null };
type Args<I> = { input: I };

/**
 * A mutation's resolver: `change` runs once per idempotency key, in one transaction, and what it answers is the
 * payload. Expected failures that it throws (UserError) become the payload's userErrors and nothing is changed.
 * `check` may refuse the input beforehand; such a refusal is not kept under the key.
 */
export const mutation =
  <I extends Input, C extends Caller, P extends object>(
    operation: string,
    change: (tx: TenantDb, input: I, context: C) => Promise<P>,
    check: (input: I, context: C) => void = () => {},
  ) =>
  async (_: unknown, { input }: Args<I>, context: C): Promise<(P & { userErrors: [] }) | Refusal> => {
    try {
      check(input, context);
      const { idempotencyKey, ...rest } = input;
      return await once<(P & { userErrors: [] }) | Refusal>(
        context.db,
        {
          caller: context.viewer.id ?? 'anonymous',
          operation,
          key: idempotencyKey ?? randomUUID(),
          input: rest,
        },
        async (tx) => ({ ...(await change(tx, input, context)), userErrors: [] }),
        refusal,
      );
    } catch (error) {
      if (error instanceof UserError) return refusal(error);
      throw error;
    }
  };

const refusal = ({ code, message, path, data }: UserError): Refusal => ({
  userErrors: [{ code, message, path, data, name: 'UserError' }],
});
