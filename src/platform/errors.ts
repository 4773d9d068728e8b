/** The codes that a client may rely on; anything else leaves as INTERNAL. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'TENANT_NOT_FOUND'
  | 'RATE_LIMITED'
  | 'COST_LIMIT_EXCEEDED'
  | 'SERVICE_UNAVAILABLE'
  | 'RESYNC_REQUIRED'
  | 'DEADLINE_EXCEEDED'
  | 'INTERNAL';

/** A failure with a stable code; `details` goes to the client as extensions beside the code. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** `argument` is the path of the value at fault, as the client wrote it: "filter.price.min". */
export const badInput = (message: string, argument?: string) =>
  new AppError('BAD_USER_INPUT', message, argument === undefined ? {} : { argument });

export const unauthenticated = (message: string) => new AppError('UNAUTHENTICATED', message);

export const forbidden = (permission: string) =>
  new AppError('FORBIDDEN', `This needs the permission ${permission}`, { permission });

export const tenantNotFound = (asked: string | undefined) =>
  new AppError(
    'TENANT_NOT_FOUND',
    asked === undefined
      ? 'No shop named: send the header x-tenant with the subdomain of a shop'
      : `There is no open shop "${asked}"`,
  );

/** `retryAfter` in seconds. */
export const rateLimited = (message: string, retryAfter: number) =>
  new AppError('RATE_LIMITED', message, { retryAfter });

export const deadlineExceeded = (cause?: unknown) =>
  new AppError(
    'DEADLINE_EXCEEDED',
    'The request took longer than it may; ask for less, or try again',
    {},
    { cause },
  );

export const serviceUnavailable = (message: string, cause?: unknown) =>
  new AppError('SERVICE_UNAVAILABLE', message, {}, { cause });

/** Outcomes that a client should expect of a mutation; they are answered in the payload, beside what was changed. */
export type UserErrorCode =
  | 'INVALID'
  | 'NOT_FOUND'
  | 'DUPLICATE'
  | 'VERSION_CONFLICT'
  | 'OUT_OF_STOCK'
  | 'LIMIT_EXCEEDED'
  | 'ILLEGAL_STATE'
  | 'PAYMENT_DECLINED'
  | 'IDEMPOTENCY_MISMATCH';

/** `path` leads to the input at fault: ['input', 'variants', '0', 'sku']; `data` is what the client needs to go on. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly path: string[];
  readonly data: Record<string, unknown>;

  constructor(code: UserErrorCode, message: string, path: string[], data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.path = path;
    this.data = data;
  }
}

export const invalid = (message: string, ...path: string[]) => new UserError('INVALID', message, path);

export const notFound = (what: string, ...path: string[]) =>
  new UserError('NOT_FOUND', `There is no such ${what}`, path);

export const duplicate = (message: string, existingId: string | null, ...path: string[]) =>
  new UserError('DUPLICATE', message, path, { existingId });

export const versionConflict = (currentVersion: number) =>
  new UserError(
    'VERSION_CONFLICT',
    `It was changed meanwhile: read version ${currentVersion} and decide again`,
    ['input', 'expectedVersion'],
    { currentVersion },
  );

export const limitExceeded = (message: string, limit: number, ...path: string[]) =>
  new UserError('LIMIT_EXCEEDED', message, path, { limit });

export const illegalState = (message: string, state: string, ...path: string[]) =>
  new UserError('ILLEGAL_STATE', message, path, { state });

/** `reason` is the provider's, for the buyer. */
export const paymentDeclined = (reason: string | null, ...path: string[]) =>
  new UserError('PAYMENT_DECLINED', `The payment provider said no: ${reason ?? 'it gives no reason'}`, path, {
    reason,
  });

export const idempotencyMismatch = () =>
  new UserError('IDEMPOTENCY_MISMATCH', 'This idempotencyKey was used with another input: make a new key', [
    'input',
    'idempotencyKey',
  ]);
