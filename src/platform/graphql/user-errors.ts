import type { UserError, UserErrorCode } from '../errors.ts';

const TYPES = {
  INVALID: 'InvalidInputError',
  NOT_FOUND: 'NotFoundError',
  DUPLICATE: 'DuplicateError',
  VERSION_CONFLICT: 'VersionConflictError',
  OUT_OF_STOCK: 'OutOfStockError',
  LIMIT_EXCEEDED: 'PlanLimitError',
  ILLEGAL_STATE: 'IllegalStateError',
  PAYMENT_DECLINED: 'PaymentDeclinedError',
  IDEMPOTENCY_MISMATCH: 'IdempotencyMismatchError',
} as const satisfies Record<UserErrorCode, string>;

const read = (name: string) => (error: UserError) => error.data[name];

/** Each code has a type of its own, with the data that a client needs to go on. */
export const userErrorResolvers = {
  UserError: { __resolveType: ({ code }: UserError) => TYPES[code] },
  DuplicateError: { existingId: read('existingId') },
  VersionConflictError: { currentVersion: read('currentVersion') },
  OutOfStockError: { variantId: read('variantId'), sku: read('sku'), available: read('available') },
  PlanLimitError: { limit: read('limit') },
  IllegalStateError: { state: read('state') },
  PaymentDeclinedError: { reason: read('reason') },
};
