import { AppError } from '../errors.ts';
import { HttpError } from './body.ts';

const STATUS: Partial<Record<AppError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TENANT_NOT_FOUND: 404,
  DEADLINE_EXCEEDED: 408,
  SERVICE_UNAVAILABLE: 503,
};

/** An error of the shop as a route beside GraphQL answers it; any other stays what it is. */
export const asHttpError = (error: unknown): unknown =>
  error instanceof AppError ? new HttpError(STATUS[error.code] ?? 400, error.message) : error;
