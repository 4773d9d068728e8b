import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** What a provider gives one customer of IPv6: limits that hold for less can be got around by any of its addresses. */
const GROUPS_OF_ONE_CUSTOMER = 4;

/** The address, or the part of it, that stands for one caller. */
export function callerAddress(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [, mapped] = MAPPED.exec(ip) ?? [];
  if (mapped) return mapped;
  if (!isIPv6(ip)) return ip;
  const [front = [], back] = ip.split('::', 2).map((part) => part.split(':').filter(Boolean));
  const zeros = back === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...(back ?? [])];
  const shown = groups
    .slice(0, GROUPS_OF_ONE_CUSTOMER)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${shown.join(':')}::/64`;
}
