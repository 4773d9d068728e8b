import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 100_000;
const JSON_TYPE = /^application\/(?:json|graphql\+json)\s*(?:;\s*charset\s*=\s*"?([\w-]+)"?\s*)?$/i;

/** A request that GraphQL never sees; `status` is the HTTP status that says why. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The JSON body of a request: UTF-8, at most 100 kB, one operation. */
export async function readJsonBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  checkType(req);
  const bytes = await readBytes(req);
  const body = parse(bytes);
  if (Array.isArray(body)) throw new HttpError(400, 'Send one operation a request; batches are not taken');
  if (typeof body !== 'object' || body === null) throw new HttpError(400, 'The body is not a JSON object');
  return body as Record<string, unknown>;
}

function checkType({ headers }: IncomingMessage) {
  const [, charset = 'utf-8'] = JSON_TYPE.exec(headers['content-type'] ?? '') ?? [null, null];
  if (charset === null) throw new HttpError(415, 'Send content-type: application/json');
  if (!/^utf-?8$/i.test(charset)) throw new HttpError(415, `Send the body in UTF-8, not ${charset}`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpError(415, `Send the body as it is, not compressed with ${encoding}`);
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new HttpError(413, `The body is larger than ${MAX_BODY_BYTES} bytes`);
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new HttpError(400, `The body is not JSON in UTF-8: ${(error as Error).message}`);
  }
}
