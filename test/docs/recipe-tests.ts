import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buy } from '../../examples/fetch/buy.ts';
import { askByHash } from '../../examples/fetch/by-hash.ts';
import { openShop } from '../../examples/fetch/client.ts';
import { operation } from '../../examples/fetch/operations.ts';
import { pagesOf } from '../../examples/fetch/pages.ts';
import { followOrder } from '../../examples/live/events.ts';
import { type Stock, watchStock } from '../../examples/live/websocket.ts';
import { eventually } from '../support/eventually.ts';
import { liveClient } from '../support/live.ts';
import type { DemoShop } from './demo-shop.ts';
import { root } from './markdown.ts';
import { operations } from './recipe-files.ts';

const ADDRESS = { name: 'Ada Lovelace', line1: '12 Harbor Street', city: 'Portland', country: 'US' };
const SKU = 'HP-1105';

export function recipeTests(shop: DemoShop) {
  const graphql = `${shop.url}/graphql`;
  const adjust = (delta: number) =>
    shop.request(
      `mutation ($delta: Int!) { inventoryAdjust(input: { sku: "${SKU}", delta: $delta, reason: "count" }) { userErrors { message } } }`,
      { delta },
      { 'x-api-key': shop.apiKey },
    );

  describe('the operations', () => {
    const asked = new Set<string>();
    const run = async (name: string, variables: object) => {
      asked.add(name);
      const { data, errors } = await shop.request(operation(name), variables);
      expect(errors).toBeUndefined();
      const [answer] = Object.values(data) as { userErrors?: unknown[] }[];
      expect(answer?.userErrors ?? []).toEqual([]);
      return data;
    };
    const listen = async (name: string, variables: Record<string, unknown>) => {
      asked.add(name);
      const live = liveClient(shop.url, { params: { 'x-tenant': 'demo' } });
      const listening = live.listen(operation(name), { ...variables, after: await live.resumeToken() });
      return listening;
    };

    it('lead from the product page to the paid order, and tell of it', async () => {
      const { product } = await run('ProductPage', { slug: 'storm-lantern' });
      const { products } = await run('ProductList', { categorySlug: 'kitchen', sort: 'PRICE_ASC', first: 3 });
      expect(products.nodes).toHaveLength(3);

      const sku = product.variants[0].sku;
      const opened = (await run('CartOpen', { input: { lines: [{ sku }] } })).cartCreate.cart;
      const { cart } = (await run('CartAdd', { input: { cartId: opened.id, lines: [{ sku: SKU }] } }))
        .cartLinesAdd;
      expect(cart.totalQuantity).toBe(2);
      const { cartUpdate } = await run('CartDelivery', {
        input: {
          cartId: cart.id,
          email: 'ada@example.com',
          shippingMethodId: cart.shippingMethods[0].id,
          shippingAddress: ADDRESS,
        },
      });

      const stock = await listen('StockWatch', { skus: [SKU] });
      const expectedTotal = cartUpdate.cart.totals.total.amount;
      const input = { cartId: cart.id, expectedTotal, idempotencyKey: crypto.randomUUID() };
      const { order, accessToken } = (await run('Checkout', { input })).checkoutComplete;
      const watch = await listen('OrderWatch', { orderId: order.id, accessToken });
      await run('Pay', { input: { orderId: order.id, accessToken, provider: 'test', token: 'approve' } });
      const read = await run('OrderByToken', { id: order.id, accessToken });
      expect(read.order).toMatchObject({
        number: order.number,
        status: 'PAID',
        payment: { state: 'CAPTURED' },
      });

      const [paid] = await watch.count(1);
      expect(paid?.data.orderStatusChanged.order.number).toBe(order.number);
      await adjust(1);
      const [moved] = await stock.count(1);
      expect(moved?.data.inventoryChanged).toMatchObject({ sku: SKU, inventory: { inStock: true } });
      expect([...asked].sort()).toEqual(operations.map(({ name }) => name).sort());
    });
  });

  describe('the recipes for fetch', () => {
    it('buy: one command, one paid order', async () => {
      const run = promisify(execFile);
      const { stdout } = await run(process.execPath, ['examples/fetch/buy.ts', graphql, 'demo'], {
        cwd: root,
      });
      expect(stdout).toMatch(/^Order \S+: PAID, \$[\d.]+\n$/);
    });

    it('say what is refused, and what is not there', async () => {
      await expect(buy(graphql, 'demo', 'no-such-thing')).rejects.toThrow(
        'There is no product "no-such-thing"',
      );
      await expect(buy(graphql, 'nobody', 'storm-lantern')).rejects.toMatchObject({
        name: 'SoukError',
        code: 'TENANT_NOT_FOUND',
        requestId: expect.stringMatching(/.+/),
      });
    });

    it('read a list page by page, each row once', async () => {
      const slugs: string[] = [];
      for await (const page of pagesOf(graphql, 'demo', { sort: 'NAME_ASC', first: 20 }))
        slugs.push(...page.map(({ slug }) => slug));
      expect(slugs.length).toBeGreaterThan(20);
      expect(new Set(slugs).size).toBe(slugs.length);
    });

    it('repeat what passes by itself, and nothing else', async () => {
      const answers = [
        { status: 503, body: '<html>', headers: { 'retry-after': '0.01' } },
        {
          status: 429,
          body: '{"errors":[{"message":"later","extensions":{"code":"RATE_LIMITED","retryAfter":0.01}}]}',
        },
        { status: 200, body: '{"data":{"shop":{"name":"A"}}}' },
        { status: 400, body: '{"errors":[{"message":"no","extensions":{"code":"BAD_USER_INPUT"}}]}' },
      ];
      const sent = await answering(answers);
      const ask = openShop({ url: sent.url, tenant: 'demo' });
      expect(await ask('{ shop { name } }')).toEqual({ shop: { name: 'A' } });
      await expect(ask('{ shop }')).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(sent.count()).toBe(4);
    });

    it('ask by the hash, and are answered what a CDN may keep', async () => {
      const ask = askByHash(graphql, 'demo', shop.manifest);
      const first = await ask('ProductPage', { slug: 'storm-lantern' });
      expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      expect(first.headers.get('x-cache')).toBe('MISS');
      const second = await ask('ProductPage', { slug: 'storm-lantern' });
      expect(second.headers.get('x-cache')).toBe('HIT');
      const { data } = (await second.json()) as { data: { product: { slug: string } } };
      expect(data.product.slug).toBe('storm-lantern');
    });
  });

  describe('the recipes for what happens', () => {
    it('stock: goes on behind the last event when the connection was lost', async () => {
      const line = await cuttable(shop.url);
      const told: Stock[] = [];
      onTestFinished(
        watchStock({
          ...{ url: `${line.url.replace('http', 'ws')}/graphql`, tenant: 'demo', skus: [SKU] },
          told: (stock) => void told.push(stock),
          readAnew: () => expect.unreachable('nothing was missed'),
        }),
      );
      await line.connected();
      await eventually(async () => {
        await adjust(1);
        return told.length;
      }).toBeGreaterThan(0);
      line.cut();
      await adjust(100);
      const available = (await stockOf(shop)) as number;
      line.mend();
      await eventually(() => told.at(-1)?.inventory?.available).toBe(available);
    });

    it('order: tells a guest what becomes of it', async () => {
      const bought = await buy(graphql, 'demo', 'storm-lantern');
      const live = liveClient(shop.url, { params: { 'x-tenant': 'demo' } });
      const after = await live.resumeToken();
      const seen: string[] = [];
      const following = followOrder({ url: graphql, tenant: 'demo' }, { ...bought, after }, ({ status }) => {
        seen.push(status);
        return status === 'FULFILLED';
      });
      const { data } = await shop.request(
        'mutation ($id: ID!) { orderFulfill(input: { orderId: $id }) { userErrors { message } } }',
        { id: bought.id },
        { 'x-api-key': shop.apiKey },
      );
      expect(data.orderFulfill.userErrors).toEqual([]);
      await following;
      expect(seen.at(-1)).toBe('FULFILLED');
    });
  });
}

async function stockOf(shop: DemoShop): Promise<unknown> {
  const { data } = await shop.request(
    'query ($sku: String!) { product(sku: $sku) { variant(sku: $sku) { inventory { available } } } }',
    { sku: SKU },
  );
  return data.product?.variant?.inventory.available;
}

type Scripted = { status: number; body: string; headers?: Record<string, string> };

/** A server that gives these answers, one after the other. */
async function answering(answers: Scripted[]) {
  const { createServer: createHttp } = await import('node:http');
  let count = 0;
  const server = createHttp((_, res) => {
    const { status, body, headers } = answers[count] ?? { status: 500, body: '' };
    count += 1;
    res.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, count: () => count };
}

/** A line to the server that can be cut. */
async function cuttable(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isWhole = true;
  const first = Promise.withResolvers<void>();
  const server = createServer((near) => {
    if (!isWhole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
    far.once('data', () => first.resolve());
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    connected: () => first.promise,
    cut: () => {
      isWhole = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isWhole = true;
    },
  };
}
