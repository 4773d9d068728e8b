import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Not of the public internet: this machine, private networks, documentation, multicast and what is reserved. */
const V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** All that is public begins here; of it, these carry other addresses, or lead nowhere. */
const V6_PUBLIC = '2000::/3';
const V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (subnets: string[], family: 'ipv4' | 'ipv6') => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
};

const blocked4 = listOf(V4, 'ipv4');
const blocked6 = listOf(V6, 'ipv6');
const public6 = listOf([V6_PUBLIC], 'ipv6');
const loopback4 = listOf(['127.0.0.0/8'], 'ipv4');

/** Addresses of IPv4 inside of IPv6 are no way around: what is not plainly public is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked4.check(address, 'ipv4');
  return isIPv6(address) && public6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
}

export const isLoopback = (address: string): boolean =>
  isIPv4(address) ? loopback4.check(address, 'ipv4') : address === '::1';
