import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { parse as parseDocument, print } from 'graphql';
import { parquetReadObjects } from 'hyparquet';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { lastDays } from '../../playground/insights/range.ts';
import { hashPassword } from '../../src/domains/auth/password-hash.ts';
import type { Role } from '../../src/domains/auth/permissions.ts';
import { addUser } from '../../src/domains/auth/users.ts';
import { ask, openShop, type Shop } from '../support/shop.ts';
import type { DemoPages } from './demo-pages.ts';
import { eventually, openWatchedPage } from './watched-page.ts';

const FIGURES = `query ($from: Date!, $to: Date!) {
  salesAnalytics(from: $from, to: $to) { date orders grossRevenue { minor amount } }
  bestSellers(from: $from, to: $to, first: 1) { pieces product { name } }
  lowStock(first: 1) { nodes { product { name } variants { sku } } }
}`;

const cardOf = (page: Page, title: string) => page.getByRole('region', { name: title });
const sumIn = (page: Page, name: string) =>
  cardOf(page, 'Sales').locator('dl > div', { hasText: name }).locator('.sum').innerText();
const settled = (page: Page) => eventually(() => page.locator('.card[aria-busy="false"]').count()).toBe(6);
const rangeOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const scrollWidth = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

/** The colour that most of the drawn picture has, and how many points have it; one that is empty has none. */
const drawn = (page: Page): Promise<[string, number]> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.chart canvas');
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) continue;
      const colour = [data[at], data[at + 1], data[at + 2]].join();
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  })()`);

/** What a shop's staff see and do at `/insights`. */
export function insightsTests({ server, context }: DemoPages) {
  const staff = { 'x-tenant': 'demo', 'x-api-key': server.apiKey };

  async function openInsights(path = '/insights') {
    const opened = await openWatchedPage(context, `${server.url}${path}`);
    await settled(opened.page);
    return opened;
  }

  /** As in production: no key is given away, and nothing is told of the server. */
  async function openSignIn() {
    const opened = await openWatchedPage(context, `${server.url}/healthz`);
    await opened.page.route('**/config.json', async (route) => {
      const settings = await (await route.fetch()).json();
      await route.fulfill({ json: { ...settings, apiKey: null, playground: false } });
    });
    await opened.page.goto(`${server.url}/insights`);
    await opened.page.getByLabel('API key').waitFor();
    return opened;
  }

  async function enterKey(page: Page, key: string) {
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Show the figures' }).first().click();
  }

  const newShop = () => openShop();
  const keyOf = async (shop: Shop, ...scopes: Parameters<Shop['staff']>) =>
    (await shop.staff(...scopes))['x-api-key'] ?? '';

  it('show the demo shop at once, with the figures that the API has', async () => {
    const { page, faults, headers } = await openInsights();
    expect(headers['content-security-policy']).not.toMatch(/unsafe|data:|https?:/);
    const { data } = await ask(server.url, { query: FIGURES, variables: lastDays(30) }, staff);
    const sold: { orders: number; grossRevenue: { minor: number } }[] = data.salesAnalytics;
    const revenue = sold.reduce((sum, { grossRevenue }) => sum + grossRevenue.minor, 0) / 100;
    expect(await sumIn(page, 'Revenue')).toBe(
      revenue.toLocaleString('en-US', { style: 'currency', currency: 'USD' }),
    );
    expect(await sumIn(page, 'Orders')).toBe(String(sold.reduce((sum, { orders }) => sum + orders, 0)));
    const [best] = data.bestSellers;
    expect(await cardOf(page, 'Best sellers').getByRole('listitem').first().innerText()).toMatch(
      new RegExp(`^${best.product.name}\\s+${best.pieces} sold`),
    );
    const [low] = data.lowStock.nodes;
    const firstLow = await cardOf(page, 'Low stock').getByRole('listitem').first().innerText();
    for (const text of [low.product.name, low.variants[0].sku]) expect(firstLow).toContain(text);
    expect(await cardOf(page, 'Categories').getByRole('listitem').count()).toBe(12);
    expect(await cardOf(page, 'Cache and latency').innerText()).toMatch(/95 of 100 within\s+\d+ m?s/);
    expect(faults).toEqual([]);
  });

  it('draw the days in any width and light, and tell of the one that is pointed at', async () => {
    const { page, faults } = await openInsights();
    const [light, points] = await drawn(page);
    expect(points).toBeGreaterThan(1_000);
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () => (await drawn(page))[0]).not.toBe(light);
    for (const width of [320, 390, 768]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await scrollWidth(page)).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const chart = page.locator('.chart');
    await eventually(async () => (await chart.locator('canvas').boundingBox())?.width).toBeLessThan(360);
    await chart.hover({ position: { x: 200, y: 100 } });
    await page.getByText(/^\w+, \w+ \d+: \$[\d,.]+ · \d+ orders? · \d+ pieces?$/).waitFor();
    expect(faults).toEqual([]);
  });

  it('show other days, keep them in the address, and refuse those that are none', async () => {
    const { page } = await openInsights();
    await page.getByRole('button', { name: '90 days' }).click();
    await cardOf(page, 'Sales').getByText('Changes are on the 90 days before.').waitFor();
    expect(new URL(page.url()).search).toBe(`?${new URLSearchParams(lastDays(90))}`);
    await page.getByRole('button', { name: '12 months' }).click();
    await page.getByText(/^Revenue by week; the best was/).waitFor();
    const { data } = await ask(server.url, { query: FIGURES, variables: rangeOf(page) }, staff);
    const [best] = data.bestSellers;
    await cardOf(page, 'Best sellers')
      .getByText(`${best.pieces.toLocaleString('en')} sold`)
      .first()
      .waitFor();

    await page.goto(`${server.url}/insights?from=2020-01-01&to=2020-01-02`);
    await page.getByText('No order was paid in these days.').waitFor();
    await page.getByText('Nothing was sold in these days.').waitFor();
    await page.getByLabel('From').fill('2020-01-03');
    await page.getByText('The first day comes after the last').waitFor();
  });

  it('send their operations letter by letter as a manifest of trusted documents has them', async () => {
    const folder = new URL('../../playground/insights/queries/', import.meta.url);
    const texts = (await readdir(folder)).map((name) => readFileSync(new URL(name, folder), 'utf8').trim());
    for (const text of texts) expect(print(parseDocument(text))).toBe(text);
    const { page, asked } = await openInsights();
    await page.getByRole('heading', { name: 'Harbour & Pine' }).waitFor();
    expect(asked.length).toBeGreaterThan(5);
    for (const { query } of asked) expect(texts).toContain(query);
  });

  it('give the rows as CSV, with the key in a header', async () => {
    const { page, faults } = await openInsights();
    const [download, request] = await Promise.all([
      page.waitForEvent('download'),
      page.waitForRequest('**/export/**'),
      page.getByRole('button', { name: 'CSV: Sales' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('sales.csv');
    expect(request.url()).not.toContain(server.apiKey);
    const rows: Record<string, string>[] = parse(await readFile(await download.path()), {
      bom: true,
      columns: true,
    });
    const { data } = await ask(server.url, { query: FIGURES, variables: lastDays(30) }, staff);
    type Day = { date: string; grossRevenue: { amount: string } };
    expect(rows.map((row) => [row.date, row.gross_revenue])).toEqual(
      data.salesAnalytics.map(({ date, grossRevenue }: Day) => [date, grossRevenue.amount]),
    );
    expect(faults).toEqual([]);
  });

  it('give what was sold in the chosen days as Parquet', async () => {
    const { page } = await openInsights(`/insights?${new URLSearchParams(lastDays(90))}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Parquet: Best sellers' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('sold-products.parquet');
    const file = new Uint8Array(await readFile(await download.path())).buffer;
    const [first] = await parquetReadObjects({ file });
    const { data } = await ask(server.url, { query: FIGURES, variables: lastDays(90) }, staff);
    const [best] = data.bestSellers;
    expect(first).toMatchObject({ name: best.product.name, sold: BigInt(best.pieces) });
  });

  it('ask for a key where none is given away, keep it in this tab alone, and forget it', async () => {
    const { page } = await openSignIn();
    await enterKey(page, 'souk_wrong');
    await page
      .getByRole('alert')
      .filter({ hasText: /API key/ })
      .waitFor();
    const shop = await newShop();
    await enterKey(page, await keyOf(shop));
    await settled(page);
    await page.getByText('No order was paid in these days.').waitFor();
    for (const text of [
      'Nothing runs low.',
      'No product is in a category yet.',
      'The server’s own figures are its operator’s.',
    ])
      expect(await page.getByText(text).count()).toBe(1);
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: shop.tenant.name }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.reload();
    await page.getByLabel('API key').waitFor();
  });

  it('say of each picture which permission a key lacks for it', async () => {
    const { page } = await openSignIn();
    const shop = await newShop();
    await shop.product();
    await enterKey(page, await keyOf(shop, 'catalogue:read'));
    await settled(page);
    for (const title of ['Sales', 'Best sellers', 'Categories', 'Most viewed'])
      expect(await cardOf(page, title).innerText()).toContain('This needs the permission analytics:read');
    expect(await cardOf(page, 'Low stock').innerText()).toContain('Nothing runs low.');
    await page.getByRole('button', { name: 'CSV: Sales' }).click();
    await page.getByText('This report needs the permission analytics:read').waitFor();
  });

  it('let the staff in by their account, and end its session with them', async () => {
    const shop = await newShop();
    const passwordHash = await hashPassword('a long enough password');
    const owner = {
      email: 'owner@shop.example',
      profile: { name: 'Robin' },
      roles: ['OWNER'] satisfies Role[],
    };
    await shop.db.transaction((tx) => addUser(tx, { ...owner, passwordHash }));
    const { page } = await openSignIn();
    const enter = async (password: string) => {
      await page.getByLabel('Shop').fill(shop.tenant.subdomain);
      await page.getByLabel('E-mail').fill(owner.email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Show the figures' }).last().click();
    };
    await enter('a wrong password');
    await page
      .getByRole('alert')
      .filter({ hasText: /password/ })
      .waitFor();
    await enter('a long enough password');
    await page.getByText('Robin', { exact: true }).waitFor();
    await settled(page);
    const kept = await page.evaluate<string>(`sessionStorage.getItem('souk:insights')`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    const { errors } = await ask(server.url, { query: '{ me { email } }' }, JSON.parse(kept).headers);
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
}
