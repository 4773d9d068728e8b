import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** As node:http gives it. */
export type Connected = { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } };

const WITH_PORT = /^\[([\da-f:.]+)\](?::\d+)?$|^([\d.]+):\d+$/i;

/**
 * Where a request comes from. Each proxy adds, on the right of X-Forwarded-For, the address that was connected to it;
 * what stands further left than our own proxies have written is the sender's word alone, and is not read.
 */
export function clientAddress({ headers, socket }: Connected, trustedProxies: number): string | null {
  const direct = socket.remoteAddress ?? null;
  const given = headers['x-forwarded-for'];
  if (trustedProxies === 0 || given === undefined) return direct;
  const addresses = String(given).split(',');
  return withoutPort(addresses.at(-trustedProxies) ?? addresses[0] ?? '') ?? direct;
}

/** Null for what is no address, such as `unknown`. */
function withoutPort(text: string): string | null {
  const trimmed = text.trim();
  const [, v6, v4] = WITH_PORT.exec(trimmed) ?? [];
  const address = v6 ?? v4 ?? trimmed;
  return isIP(address) === 0 ? null : address;
}
