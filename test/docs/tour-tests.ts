import { expect, it } from 'vitest';
import type { DemoShop } from './demo-shop.ts';
import { blocksOf, proseOf } from './markdown.ts';

const blocks = blocksOf('README.md').filter(({ lang }) => lang === 'graphql');
/** One block may have several, with an empty line between. */
const steps = blocks.flatMap(({ text }) => text.split(/\n\n(?=mutation)/));

type Payload = {
  cart?: { id: string };
  order?: { id?: string };
  accessToken?: string;
  userErrors?: { message: string }[];
};
type Payloads = Record<string, Payload>;

/** What README says the key is for. */
const FOR_STAFF = /Analytics|productCreate/;

/** README's tour, in its order: what stands as … comes out of the answers before. */
export function tourTests(shop: DemoShop) {
  const known: Record<string, string> = {};

  async function answerTo(text: string): Promise<Payloads> {
    const query = text.replaceAll(/(\w+): "…"/g, (_, name: string) => `${name}: "${known[name]}"`);
    const headers: Record<string, string> = FOR_STAFF.test(text) ? { 'x-api-key': shop.apiKey } : {};
    const { data, errors } = await shop.request(query, {}, headers);
    expect(errors).toBeUndefined();
    return data;
  }

  async function step(text: string): Promise<Payloads> {
    const data = await answerTo(text);
    for (const answer of Object.values(data)) {
      expect(answer).not.toBeNull();
      expect(answer.userErrors ?? []).toEqual([]);
    }
    return data;
  }

  function learn(data: Payloads) {
    for (const { cart, order, accessToken } of Object.values(data)) {
      if (cart) known.cartId = cart.id;
      if (order?.id) known.orderId = order.id;
      if (accessToken) known.accessToken = accessToken;
    }
  }

  it('answers each step with data and without errors, twice the same', async () => {
    for (const text of steps) {
      const first = await step(text);
      learn(first);
      if (!/cartCreate|orderPay/.test(text)) expect(await step(text)).toEqual(first);
    }
    expect(known).toEqual({
      cartId: expect.any(String),
      orderId: expect.any(String),
      accessToken: expect.any(String),
    });
    const read = await shop.request(
      'query ($id: ID!, $token: String!) { order(id: $id, accessToken: $token) { status paid { minor } totals { total { minor } } } }',
      { id: known.orderId, token: known.accessToken },
    );
    expect(read.data.order.status).toBe('PAID');
    expect(read.data.order.paid).toEqual(read.data.order.totals.total);
  });

  it('refuses to pay the order once more', async () => {
    const { orderPay } = await answerTo(steps.find((text) => text.includes('orderPay')) ?? '');
    expect(orderPay?.userErrors).toEqual([{ message: expect.stringMatching('is paid: it cannot be paid') }]);
  });

  it('finds what its sentences promise', async () => {
    const [typo = ''] = /products\(search: .+?\} \}/.exec(proseOf('README.md')) ?? [];
    const { data } = await shop.request(`{ ${typo} }`);
    expect(data.products.nodes[0].name).toMatch(/Lantern/);
  });
}
