export type Shop = {
  /** Where the API is: https://api.example/graphql */
  url: string;
  /** The shop, by its subdomain. */
  tenant: string;
  /** The token of a session, for somebody who is signed in. */
  token?: string;
};

type Failure = { message: string; extensions?: { code?: string; retryAfter?: number } };
type Answer<T> = { data?: T | null; errors?: Failure[] };

const TRIES = 5;
/** What passes by itself. Each mutation has an idempotencyKey, so to repeat one is safe. */
const PASSING = new Set([
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'INTERNAL',
  'NO_ANSWER',
]);

/** Of a request that was not answered with data. Quote the requestId to whoever runs the server. */
export class SoukError extends Error {
  readonly code: string;
  readonly requestId: string | null;
  readonly retryAfter: number | undefined;

  constructor(code: string, message: string, answer?: Response, retryAfter?: number) {
    super(message);
    this.name = 'SoukError';
    this.code = code;
    this.requestId = answer?.headers.get('x-request-id') ?? null;
    this.retryAfter = retryAfter ?? (Number(answer?.headers.get('retry-after')) || undefined);
  }
}

/** Asks one shop; repeats what passes by itself, and throws what does not. */
export function openShop({ url, tenant, token }: Shop) {
  /** Of our last change: whoever sends it back is shown nothing that is older. */
  let after: string | null = null;

  async function send(query: string, variables: object): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json', 'x-tenant': tenant });
    if (token) headers.set('authorization', `Bearer ${token}`);
    if (after) headers.set('souk-after', after);
    const body = JSON.stringify({ query, variables });
    try {
      return await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) });
    } catch (error) {
      throw new SoukError('NO_ANSWER', String(error));
    }
  }

  async function once<T>(query: string, variables: object): Promise<T> {
    const answer = await send(query, variables);
    after = answer.headers.get('souk-after') ?? after;
    const { data, errors } = await bodyOf<T>(answer);
    const [first] = errors ?? [];
    if (first) {
      const { code = 'UNKNOWN', retryAfter } = first.extensions ?? {};
      throw new SoukError(code, first.message, answer, retryAfter);
    }
    return data as T;
  }

  return async function ask<T>(query: string, variables: object = {}): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await once<T>(query, variables);
      } catch (error) {
        if (!(error instanceof SoukError && PASSING.has(error.code)) || tried === TRIES) throw error;
        await pause(error.retryAfter ?? 2 ** tried * 0.1 * (0.5 + Math.random()));
      }
    }
  };
}

/** What a load balancer says is no JSON. */
async function bodyOf<T>(answer: Response): Promise<Answer<T>> {
  try {
    return (await answer.json()) as Answer<T>;
  } catch {
    throw new SoukError(
      answer.status >= 500 ? 'SERVICE_UNAVAILABLE' : 'UNKNOWN',
      `HTTP ${answer.status}`,
      answer,
    );
  }
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
