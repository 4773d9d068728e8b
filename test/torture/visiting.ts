import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, DEADLINE_MS } from './client.ts';
import type { Shop } from './shop.ts';

type Reply = { data?: Record<string, unknown> | null; errors?: { message: string }[] };
type Wanted = { name: string; query: string; variables: object; token?: string };

export const WHO = 'who am I';
const PASSWORD = 'correct horse battery';
const PAGE = `query ($slug: String!) { product(slug: $slug) {
  name description priceRange { min { amount } } variants { sku } reviewSummary { count average } } }`;
const CART = `query ($id: ID!) { cart(id: $id) {
  totalQuantity lines { sku quantity total { amount } } totals { total { amount } } } }`;
const ME = '{ me { email } }';
const signing = (name: string) =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
    ${name}(input: $input) { token userErrors { message } } }`;

/** Somebody who is signed in, and stays it. */
export type Person = { email: string; token: string };

/** Looks at a shop as its visitors do, each time once; `calls` gets a line for each answer. */
export class Visitors {
  readonly people: Person[] = [];
  readonly calls: Call[] = [];
  readonly #shop: Shop;
  #next = 0;
  #person = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  async signUp(): Promise<void> {
    const email = `person${this.people.length}@example.com`;
    this.people.push({ email, token: await this.#sign('userSignUp', email) });
  }

  /** One more device of somebody who is there already. */
  async signIn(): Promise<void> {
    const { email } = this.#somebody();
    this.people.push({ email, token: await this.#sign('sessionCreate', email) });
  }

  async page(slug: string, name: string): Promise<void> {
    await this.#seen({ name: 'product page', query: PAGE, variables: { slug } }, isNamed(name));
  }

  /** Past the cache of answers. */
  async pageSignedIn(slug: string, name: string): Promise<void> {
    const { token } = this.#somebody();
    await this.#seen(
      { name: 'product page, signed in', query: PAGE, variables: { slug }, token },
      isNamed(name),
    );
  }

  async cart(id: string, totalQuantity: number): Promise<void> {
    const isSame = ({ cart }: Seen) => (cart as { totalQuantity?: number })?.totalQuantity === totalQuantity;
    await this.#seen({ name: 'cart', query: CART, variables: { id } }, isSame);
  }

  /** Whoever was not signed out is told who they are. */
  async me(): Promise<void> {
    const { email, token } = this.#somebody();
    const isThem = ({ me }: Seen) => (me as { email?: string })?.email === email;
    await this.#seen({ name: WHO, query: ME, variables: {}, token }, isThem);
  }

  #somebody(): Person {
    const person = this.people[this.#person++ % this.people.length];
    if (!person) throw new Error('Nobody is signed in');
    return person;
  }

  async #sign(name: string, email: string): Promise<string> {
    const input = { email, password: PASSWORD };
    const data = await this.#seen({ name, query: signing(name), variables: { input } }, (seen) => {
      const payload = seen[name] as { token?: string } | undefined;
      return typeof payload?.token === 'string';
    });
    return (data?.[name] as { token?: string } | undefined)?.token ?? '';
  }

  async #seen(wanted: Wanted, isRight: (seen: Seen) => boolean): Promise<Seen | null> {
    const begun = Date.now();
    const call: Call = { name: wanted.name, begun, ended: 0, tries: 1, errors: [], late: [] };
    const reply = await this.#ask(wanted).catch((error) => ({ errors: [error as Error] }));
    call.ended = Date.now();
    const seen = ('data' in reply && reply.data) || null;
    const [error] = reply.errors ?? [];
    if (error) call.errors.push(`${wanted.name}: ${error.message}`);
    else if (!seen || !isRight(seen)) call.errors.push(`${wanted.name}: ${JSON.stringify(reply)}`);
    this.calls.push(call);
    return seen;
  }

  async #ask({ query, variables, token }: Wanted): Promise<Reply> {
    const { apis, subdomain } = this.#shop;
    const url = apis[this.#next++ % apis.length]?.url;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-tenant': subdomain },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return (await response.json()) as Reply;
  }
}

type Seen = Record<string, unknown>;

const isNamed =
  (name: string) =>
  ({ product }: Seen): boolean =>
    (product as { name?: string } | null)?.name === name;

/** Begins `ask` so often a second, whether or not what was begun before has ended; what is slow makes nobody come later. */
export async function paced(perSecond: number, isOver: () => boolean, ask: () => Promise<unknown>) {
  const everyMs = 1_000 / perSecond;
  const begun = Date.now() + Math.random() * everyMs;
  const asking = new Set<Promise<unknown>>();
  for (let n = 0; !isOver(); n++) {
    await sleep(Math.max(0, begun + n * everyMs - Date.now()));
    const asked = ask().finally(() => asking.delete(asked));
    asking.add(asked);
  }
  await Promise.all(asking);
}
