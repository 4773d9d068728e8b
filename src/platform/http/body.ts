import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { LIMITS } from '../limits/limits.ts';

const MAX_BODY_BYTES = LIMITS.bodyBytes;

const JSON_TYPE = /^application\/(?:json|graphql\+json)\s*(?:;\s*charset\s*=\s*"?([\w-]+)"?\s*)?$/i;
const BYTE_ORDER_MARK = 0xfeff;

/** A request that GraphQL never sees; `status` is the HTTP status that says why. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** The JSON body of a request: UTF-8, at most 100 kB, one operation. */
export async function readJsonBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  checkType(req);
  const body = parse(await readBytes(req));
  if (Array.isArray(body)) throw new HttpError(400, 'Send one operation a request; batches are not taken');
  if (typeof body !== 'object' || body === null) throw new HttpError(400, 'The body is not a JSON object');
  return body as Record<string, unknown>;
}

function checkType({ headers }: IncomingMessage) {
  const type = headers['content-type'] ?? '';
  if (type !== 'application/json') checkUnusualType(type);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpError(415, `Send the body as it is, not compressed with ${encoding}`);
}

function checkUnusualType(type: string) {
  const [, charset = 'utf-8'] = JSON_TYPE.exec(type) ?? [null, null];
  if (charset === null) throw new HttpError(415, 'Send content-type: application/json');
  if (!/^utf-?8$/i.test(charset)) throw new HttpError(415, `Send the body in UTF-8, not ${charset}`);
}

/** The bytes of a request, at most 100 kB. By events: an iterator over the chunks costs several times as much, and most bodies are one chunk. */
export function readBytes(req: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new HttpError(413, `The body is larger than ${MAX_BODY_BYTES} bytes`);
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.on('error', () => reject(new HttpError(400, 'The request broke off')));
  });
}

function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new HttpError(400, 'The body is not in UTF-8');
  const text = bytes.toString();
  try {
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch (error) {
    throw new HttpError(400, `The body is not JSON: ${(error as Error).message}`);
  }
}
