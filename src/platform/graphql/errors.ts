import { HeaderMap } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, type ErrorCode, serviceUnavailable } from '../errors.ts';
import { isTransient } from '../mongo/retry.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  COST_LIMIT_EXCEEDED: 400,
  UNAUTHENTICATED: 401,
  TENANT_NOT_FOUND: 404,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL: 500,
  DEADLINE_EXCEEDED: 504,
};

const OUR_FAULT = 'Something went wrong on our side';
const CHANGING_OVER = 'The database is changing over; try again';

/** A failure before execution began, with the HTTP status that goes with it. */
export function requestError({ code, message, details }: AppError): GraphQLError {
  const { retryAfter } = details;
  const headers = new HeaderMap(retryAfter === undefined ? [] : [['retry-after', String(retryAfter)]]);
  const status = STATUS[code];
  return new GraphQLError(message, {
    extensions: { code, ...details, ...(status && { http: { status, headers } }) },
  });
}

/** The same for whatever was thrown then; `requestId` is what a client can quote of our own faults. */
export function asRequestError(error: unknown, requestId: string): GraphQLError {
  if (error instanceof AppError) return requestError(error);
  if (isTransient(error)) return requestError(serviceUnavailable(CHANGING_OVER, error));
  return requestError(new AppError('INTERNAL', OUR_FAULT, { requestId }));
}

/** Codes that Apollo Server and graphql-js give themselves and that say what the client can mend. */
const CLIENT_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** What a client sees of an error: expected ones as they are, all others without what is behind them. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const cause = unwrapResolverError(error);
  if (cause instanceof AppError) {
    return { message: cause.message, locations, path, extensions: { code: cause.code, ...cause.details } };
  }
  const code = String(formatted.extensions?.code);
  if (CLIENT_FAULTS.has(code) || code in STATUS) {
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
    return { message: formatted.message, locations, path, extensions };
  }
  if (isTransient(cause)) {
    return {
      message: CHANGING_OVER,
      locations,
      path,
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    };
  }
  return { message: OUR_FAULT, locations, path, extensions: { code: 'INTERNAL' } };
}

/** The same without names of the schema that might have been meant; Apollo Server leaves them in errors of variables. */
export function formatWithoutHints(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, ...rest } = formatError(formatted, error);
  return { ...rest, message: message.replaceAll(/ ?Did you mean [^?]*\?/g, '') };
}

/** Each code once. */
export const codesOf = (errors: readonly GraphQLFormattedError[]): string[] => [
  ...new Set(errors.map(({ extensions }) => String(extensions?.code))),
];

/** Whether an error is ours to mend, and so belongs in the log. */
export const isOurFault = ({ extensions }: GraphQLFormattedError) =>
  extensions?.code === 'INTERNAL' || extensions?.code === 'SERVICE_UNAVAILABLE';
