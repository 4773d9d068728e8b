import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ask } from '../support/shop.ts';
import type { DemoPages } from './demo-pages.ts';
import { eventually, openWatchedPage } from './watched-page.ts';

const shopOf = (page: Page, name: string) => page.getByRole('region', { name });
const tilesOf = (page: Page, name: string) => shopOf(page, name).getByRole('link');
type PriceRange = { min: { formatted: string } };

const SHOPS = [
  ['Harbour & Pine', 'demo'],
  ['Nordlys', 'nordlys'],
  ['Kumo', 'kumo'],
] as const;
const STOCK =
  '{ products(first: 4, sort: RATING_DESC) { nodes { availability { available } variants { sku } } } }';
const ORDER = `query ($number: String!) { order(number: $number) {
  status paymentStatus email lines { sku quantity } } }`;

/** What a visitor of `/` sees and does. */
export function startPageTests({ server, context }: DemoPages) {
  const staff = { 'x-tenant': 'demo', 'x-api-key': server.apiKey };

  async function openStartPage(width = 1280) {
    const opened = await openWatchedPage(context, server.url, width);
    await tilesOf(opened.page, 'Harbour & Pine').nth(3).waitFor();
    return opened;
  }

  /** The names and lowest prices that the API gives for what the page shows. */
  async function bestRated(tenant: string): Promise<{ name: string; price: string }[]> {
    const query =
      '{ products(first: 4, sort: RATING_DESC) { nodes { name priceRange { min { formatted } } } } }';
    const { data } = await ask(server.url, { query }, { 'x-tenant': tenant });
    return data.products.nodes.map(({ name, priceRange }: { name: string; priceRange: PriceRange }) => ({
      name,
      price: priceRange.min.formatted,
    }));
  }

  it('shows what each shop sells, at the prices of this moment', async () => {
    const { page, faults } = await openStartPage();
    for (const [shop, tenant] of SHOPS) {
      const expected = await bestRated(tenant);
      const tiles = tilesOf(page, shop);
      await tiles.nth(3).waitFor();
      const shown = await tiles.allInnerTexts();
      expect(shown).toHaveLength(4);
      for (const [place, { name, price }] of expected.entries()) {
        expect(shown[place]).toContain(name);
        expect(shown[place]?.replaceAll('\u00a0', ' ')).toContain(price.replaceAll('\u00a0', ' '));
        expect(shown[place]).toMatch(/★ [1-5]\.\d \(\d+\)/);
      }
    }
    expect(faults).toEqual([]);
  });

  it('says what runs and whether it is ready, and leads to the playground and the addresses', async () => {
    const { page } = await openStartPage();
    await page.getByText(/^\d+\.\d+\.\d+$/).waitFor();
    await eventually(() => page.getByRole('status').innerText()).toBe('Ready');
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual(expect.arrayContaining(['/playground', '/healthz', '/readyz', '/metrics']));
  });

  it('gives a command that asks this very server', async () => {
    const { page } = await openStartPage();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate('navigator.clipboard.readText()');
    expect(command).toContain(`curl ${server.url}/graphql`);
    expect(command).toContain("-H 'x-tenant: demo'");
  });

  it('draws a picture for a product whose own is elsewhere, the same each time', async () => {
    const art = async () => {
      const { page } = await openStartPage();
      const pictures = shopOf(page, 'Harbour & Pine').locator('.picture svg');
      return pictures.evaluateAll((all) => all.map((picture) => picture.outerHTML));
    };
    const drawn = await art();
    expect(new Set(drawn).size).toBe(4);
    expect(await art()).toEqual(drawn);
  });

  it('needs no scrolling sideways at any width', async () => {
    const { page } = await openStartPage();
    for (const width of [320, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  it('tells what is wrong where a shop cannot be loaded, and when the server is not ready', async () => {
    const { page } = await openStartPage();
    await page.route('**/graphql', (route) =>
      route.fulfill({ json: { errors: [{ message: 'The shop is closed' }] } }),
    );
    await page.route('**/readyz', (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await page.getByText('The products could not be loaded: The shop is closed').first().waitFor();
    await page.getByText('Not ready (503)').waitFor();
  });

  it('leads from a product to its page in the playground', async () => {
    const { page, faults } = await openStartPage();
    const tile = tilesOf(page, 'Nordlys').first();
    const slug = new URL((await tile.getAttribute('href')) ?? '', server.url).searchParams.get('product');
    await tile.click();
    await page.getByText(`"${slug}"`).waitFor();
    expect(faults).toEqual([]);
  });

  async function firstOfDemo() {
    const { data } = await ask(server.url, { query: STOCK }, { 'x-tenant': 'demo' });
    const [{ availability, variants }] = data.products.nodes;
    return { available: availability.available as number, sku: variants[0].sku as string };
  }

  async function orderNumbered(number: string) {
    const { data } = await ask(server.url, { query: ORDER, variables: { number } }, staff);
    return data.order;
  }

  it('shows stock as it moves, whoever moves it, and sells a piece by a button', async () => {
    const { page, faults } = await openStartPage();
    const line = shopOf(page, 'Harbour & Pine').locator('.stock').first();
    const shown = () => line.locator('.left').innerText();
    const { available, sku } = await firstOfDemo();
    await eventually(shown).toBe(`${available} in stock`);

    await line.getByRole('button', { name: /^Buy one/ }).click();
    await eventually(shown).toBe(`${available - 1} in stock`);
    const told = await line.getByText(/^Order \d+, paid$/).innerText();
    expect(await orderNumbered(/\d+/.exec(told)?.[0] ?? '')).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', email: 'guest@example.com' },
      lines: [{ sku, quantity: 1 }],
    });

    const mutation = `mutation { inventoryAdjust(input: { sku: "${sku}", delta: 7, reason: "delivery" }) {
    userErrors { message } } }`;
    await ask(server.url, { query: mutation }, staff);
    await eventually(shown).toBe(`${available + 6} in stock`);
    expect(faults).toEqual([]);
  });
}
