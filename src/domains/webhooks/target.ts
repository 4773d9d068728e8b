import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address.ts';
import type { Resolved, WebhookSettings } from './settings.ts';

const LONGEST_URL = 2_000;
/** An empty port is that of the protocol. */
const PORTS = ['', '443', '8443'];
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

type Rules = Pick<WebhookSettings, 'production'>;

/** Why an address is not sent to. */
export class RefusedTarget extends Error {
  override name = 'RefusedTarget';
}

const refuse = (why: string): never => {
  throw new RefusedTarget(why);
};

/** Checks an address as it is written; what its name leads to is checked when something is sent. */
export function readTarget(given: string, { production }: Rules): URL {
  const url = URL.canParse(given) && given.length <= LONGEST_URL ? new URL(given) : null;
  if (!url) return refuse(`An address is https://host/path, of at most ${LONGEST_URL} characters`);
  if (url.username !== '' || url.password !== '')
    refuse('An address has no user and no password in it: deliveries are signed instead');
  if (isThisMachine(url)) return production ? refuse('Nothing is sent to this machine') : plain(url);
  if (url.protocol !== 'https:') refuse('Events are sent over https alone');
  if (!PORTS.includes(url.port)) refuse(`Events are sent to the ports 443 and 8443, not ${url.port}`);
  const address = literalOf(url);
  if (address && !isPublicAddress(address)) refuse(notPublic(url, address));
  return plain(url);
}

function plain(url: URL): URL {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    refuse('Events are sent over https; to this machine also over http');
  url.hash = '';
  return url;
}

const isThisMachine = ({ hostname }: URL) => THIS_MACHINE.has(hostname);

const literalOf = ({ hostname }: URL): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) ? bare : null;
};

const notPublic = ({ hostname }: URL, address: string) =>
  `${hostname} is ${address}, which is not an address of the public internet`;

/** The one address that a request goes to: looked up once, so that nothing else is behind the name afterwards. */
export async function resolveTarget(
  url: URL,
  { lookup, production }: Pick<WebhookSettings, 'lookup' | 'production'>,
): Promise<Resolved> {
  const literal = literalOf(url);
  const found = literal ? [{ address: literal, family: isIP(literal) }] : await lookup(url.hostname);
  const mayBeSent = !production && isThisMachine(url) ? isLoopback : isPublicAddress;
  // One that is not public among others is a trap, or a mistake.
  const bad = found.find(({ address }) => !mayBeSent(address));
  if (bad) return refuse(notPublic(url, bad.address));
  return found[0] ?? refuse(`${url.hostname} has no address`);
}
