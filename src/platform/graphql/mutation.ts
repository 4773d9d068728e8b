import { randomUUID } from 'node:crypto';
import { AppError, invalid, UserError } from '../errors.ts';
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
      if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return refusal(asInvalid(error));
      throw error;
    }
  };

/** A value that the platform cannot use is the same to a client as one that the shop cannot. */
const asInvalid = ({ message, details: { argument } }: AppError) =>
  invalid(message, 'input', ...(typeof argument === 'string' ? argument.split('.') : []));

const refusal = ({ code, message, path, data }: UserError): Refusal => ({
  userErrors: [{ code, message, path, data, name: 'UserError' }],
});
