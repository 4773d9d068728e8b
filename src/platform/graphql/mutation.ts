import { randomUUID } from 'node:crypto';
import { AppError, invalid, UserError } from '../errors.ts';
import { once, type Transactional } from '../idempotency/once.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';

/** What a mutation needs to know of the request. */
export type Caller = { viewer: { id: string | null } };

export type Refusal = { userErrors: UserError[] };
export type Answer<P> = (P & { userErrors: never[] }) | Refusal;
type Input = { idempotencyKey?: string | null };
type Args<I> = { input: I };

/** For a mutation that handles secrets, or that does something after its commit. */
export type Particulars<I, C, P> = {
  /** What of the input is hashed to tell two calls apart; all but the key when absent. Leave passwords out. */
  hashed?: (input: I) => unknown;
  /** Fields of the answer that are stored nowhere: a repeat finds null in their place. */
  secrets?: readonly (keyof P)[];
  /** Makes a repeat's answer of what was kept, and checks what was not hashed. */
  repeat?: (kept: P, input: I, context: C) => Promise<P>;
  /** When the change is committed; not on a repeat. */
  after?: (answer: P, context: C) => Promise<void> | void;
};

/** Mutations on one kind of database; `callsOf` says which tenant's database remembers their calls. */
export const mutationOn =
  <Base, Db extends Transactional<Db>>(dbOf: (context: Base) => Db, callsOf: (db: Db) => TenantDb) =>
  /**
   * A mutation's resolver: `change` runs once per idempotency key, in one transaction, and what it answers is the
   * payload. Expected failures that it throws (UserError) become the payload's userErrors and nothing is changed.
   * `check` may refuse the input beforehand; such a refusal is not kept under the key.
   */
  <I extends Input, C extends Base & Caller, P extends object>(
    operation: string,
    change: (tx: Db, input: I, context: C) => Promise<P>,
    check: (input: I, context: C) => Promise<void> | void = () => {},
    { hashed = withoutKey, secrets = [], repeat = async (kept) => kept, after }: Particulars<I, C, P> = {},
  ) =>
  (_: unknown, { input }: Args<I>, context: C): Promise<Answer<P>> =>
    withUserErrors(async () => {
      await check(input, context);
      const call = {
        caller: context.viewer.id ?? 'anonymous',
        operation,
        key: input.idempotencyKey ?? randomUUID(),
        input: hashed(input),
      };
      let done: P | undefined;
      const work = async (tx: Db): Promise<Answer<P>> => {
        done = await change(tx, input, context);
        return { ...done, userErrors: [] };
      };
      const answer = await once<Db, Answer<P>>(dbOf(context), call, work, {
        callsOf,
        refuse: refusal,
        keep: (whole) => without(whole, secrets),
        repeat: async (kept) => {
          done = undefined;
          if (isRefusal(kept)) return kept;
          return { ...(await repeat(kept, input, context)), userErrors: [] };
        },
      });
      if (done && !isRefusal(answer)) await after?.(done, context);
      return answer;
    });

export const mutation = mutationOn(
  ({ db }: { db: TenantDb }) => db,
  (db) => db,
);

/** Expected failures as an answer. */
export async function withUserErrors<A>(work: () => Promise<A>): Promise<A | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return refusal(error);
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return refusal(asInvalid(error));
    throw error;
  }
}

const withoutKey = ({ idempotencyKey: _, ...rest }: Input) => rest;

const without = <A extends object>(answer: A, fields: readonly PropertyKey[]): A =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, fields.includes(name) ? null : value]),
  ) as A;

export const isRefusal = <P>(answer: Answer<P>): answer is Refusal => answer.userErrors.length > 0;

/** A value that the platform cannot use is the same to a client as one that the shop cannot. */
const asInvalid = ({ message, details: { argument } }: AppError) =>
  invalid(message, 'input', ...(typeof argument === 'string' ? argument.split('.') : []));

export const refusal = ({ code, message, path, data }: UserError): Refusal => ({
  userErrors: [{ code, message, path, data, name: 'UserError' }],
});
