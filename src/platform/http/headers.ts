import { randomUUID } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';

export const REQUEST_ID = 'x-request-id';
const SANE_ID = /^[\w.:/+=-]{1,64}$/;

/** No browser guesses a type, tells another site where it came from, or keeps what nobody said it may. */
const USUAL = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
] as const;

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** Gives a request the id that its answer, the log and the audit know it by: the client's own, if it is one. */
export function nameRequest({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[REQUEST_ID];
  if (typeof given === 'string' && SANE_ID.test(given)) return given;
  const made = randomUUID();
  headers[REQUEST_ID] = made;
  return made;
}

/** Has what every answer has, whoever writes it. In the head itself: set one by one, headers cost more than twice that. */
export class NamedResponse extends ServerResponse {
  override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
    if (typeof reason === 'string') return super.writeHead(status, reason, this.#whole(headers));
    return super.writeHead(status, this.#whole(reason));
  }

  #whole(given: Headers = []): OutgoingHttpHeader[] {
    const all = Array.isArray(given) ? given.slice() : pairsOf(given);
    for (const [name, value] of USUAL)
      if (!all.includes(name) && !this.hasHeader(name)) all.push(name, value);
    all.push(REQUEST_ID, nameRequest(this.req));
    return all;
  }
}

const pairsOf = (headers: OutgoingHttpHeaders): OutgoingHttpHeader[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
