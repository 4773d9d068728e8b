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

export const deadlineExceeded = (cause?: unknown) =>
  new AppError(
    'DEADLINE_EXCEEDED',
    'The request took longer than it may; ask for less, or try again',
    {},
    { cause },
  );

export const serviceUnavailable = (message: string, cause?: unknown) =>
  new AppError('SERVICE_UNAVAILABLE', message, {}, { cause });
