import type { Connected } from './client-address.ts';

/** What a browser cannot put into the headers of a WebSocket stands in the payload of its first message. */
const NAMES = new Set(['authorization', 'x-api-key', 'x-tenant']);

/** The connection as if its payload had been sent as headers. */
export function withParams({ headers, socket }: Connected, params: Record<string, unknown> = {}): Connected {
  const given = Object.entries(params).flatMap(([name, value]) => {
    const header = name.toLowerCase();
    return NAMES.has(header) && typeof value === 'string' ? [[header, value] as const] : [];
  });
  return { headers: { ...headers, ...Object.fromEntries(given) }, socket };
}
