import type { Context } from '../../context.ts';
import { HttpError } from '../../platform/http/body.ts';
import type { Bucket } from '../../platform/limits/token-bucket.ts';

/** 429 for who asks for more files of a kind, such as `reports`, than its bucket allows each caller. */
export async function payDownload(
  { db, viewer, buckets }: Pick<Context, 'db' | 'viewer' | 'buckets'>,
  kind: string,
  bucket: Bucket,
): Promise<void> {
  const key = `${kind}:${db.tenantId}:${viewer.id}`;
  const { allowed, retryAfter } = await buckets.take({ key, bucket, tokens: 1 });
  if (allowed) return;
  const headers = { 'retry-after': String(retryAfter) };
  throw new HttpError(429, `Too many ${kind}: try again in ${retryAfter} seconds`, headers);
}
