import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ask } from '../support/shop.ts';
import type { DemoPages } from './demo-pages.ts';
import { eventually, openWatchedPage } from './watched-page.ts';

const queryEditor = (page: Page) => page.locator('.graphiql-query-editor');
const tabNames = (page: Page) => page.getByRole('tab').allInnerTexts();
const openTab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const run = (page: Page) => page.getByRole('button', { name: /^Execute query/ }).click();
/** Monaco draws spaces as no-break spaces. */
async function response(page: Page) {
  const text = await page.locator('.graphiql-response .view-lines').innerText();
  return text.replaceAll('\u00a0', ' ');
}

const SAMPLES = [
  'ProductPage',
  'ProductList',
  'SearchWithTypo',
  'SearchAsYouType',
  'CategoryTree',
  'CategoryPage',
  'ManyProducts',
  'PriceAtAnyTime',
  'CategoryAnalytics',
  'ProductAnalytics',
  'DraftsAndCost',
  'OpenACart',
  'BuyTheCart',
  'PayTheOrder',
  'LiveStock',
  'LiveProducts',
];

/** What a developer does at `/playground`. */
export function playgroundTests({ server, context }: DemoPages) {
  async function openPlayground({ path = '/playground', width = 1280 } = {}) {
    const opened = await openWatchedPage(context, `${server.url}${path}`, width);
    await queryEditor(opened.page).locator('.view-line').first().waitFor();
    return opened;
  }

  it('opens with a tab for each sample, asks as the demo shop, and with the staff key where that is needed', async () => {
    const { page, faults, asked } = await openPlayground();
    expect(await tabNames(page)).toEqual(SAMPLES);
    await run(page);
    await eventually(() => response(page)).toContain('"Enameled Dutch Oven"');
    expect(asked.at(-1)).toMatchObject({ tenant: 'demo', apiKey: undefined });
    await openTab(page, 'CategoryAnalytics');
    await run(page);
    await eventually(() => response(page)).toContain('"inventoryValue"');
    expect(asked.at(-1)).toMatchObject({ tenant: 'demo', apiKey: server.apiKey });
    expect(faults).toEqual([]);
  });

  it('shows what a subscription tells, as it happens', async () => {
    const { page, faults } = await openPlayground();
    await openTab(page, 'LiveStock');
    await run(page);
    await page.getByRole('button', { name: /^Stop/ }).waitFor();
    const adjust = `mutation { inventoryAdjust(input: { sku: "HP-1002-35QT-SPR", delta: 3, reason: "delivery" }) {
      userErrors { message } } }`;
    const staff = { 'x-tenant': 'demo', 'x-api-key': server.apiKey };
    await eventually(async () => {
      // The tab says that it runs before the server has let it in: what happened till then it is not told.
      await ask(server.url, { query: adjust }, staff);
      return response(page);
    }).toContain('"HP-1002-35QT-SPR"');
    expect(faults).toEqual([]);
  });

  it('completes fields and underlines mistakes, with workers under the same policy', async () => {
    const { page, faults, headers } = await openPlayground();
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'/);
    await queryEditor(page).getByText('product', { exact: true }).click();
    await page.keyboard.press('End');
    await page.keyboard.type('\nsearchK');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('searchKeywords').waitFor();
    await queryEditor(page).locator('.squiggly-error').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('lists the samples, and opens one again that was changed', async () => {
    const { page } = await openPlayground({ width: 1500 });
    const list = page.locator('.samples');
    await list.getByRole('button', { name: 'Category tree' }).click();
    await queryEditor(page).getByText('categories', { exact: true }).waitFor();
    expect(await tabNames(page)).toEqual(SAMPLES);

    await queryEditor(page).getByText('categories', { exact: true }).click();
    await page.keyboard.type('x');
    await list.getByRole('button', { name: 'Category tree' }).click();
    await eventually(() => tabNames(page)).toEqual([...SAMPLES, 'CategoryTree']);
  });

  it('keeps its tabs with their headers, and gives them the new key when the demo has one', async () => {
    const { page, asked } = await openPlayground();
    // GraphiQL waits half a second before it stores the tabs.
    const keptTabs = () => page.evaluate(() => localStorage.getItem('graphiql:tabState'));
    await eventually(keptTabs).toContain(server.apiKey);
    await page.route('**/config.json', async (route) => {
      const settings = await (await route.fetch()).json();
      await route.fulfill({ json: { ...settings, apiKey: 'souk_newer' } });
    });
    await page.reload();
    await queryEditor(page).locator('.view-line').first().waitFor();
    await page.getByText('"enameled-dutch-oven"').waitFor();
    await openTab(page, 'CategoryAnalytics');
    await run(page);
    await eventually(async () => asked.at(-1)?.apiKey).toBe('souk_newer');
    expect(await tabNames(page)).toEqual(SAMPLES);
  });

  it('opens the product that a link names, in the shop that it names, with the docs of the schema beside it', async () => {
    const { page, faults, asked } = await openPlayground({
      path: '/playground?tenant=nordlys&product=brygga-husblanding',
    });
    await run(page);
    await eventually(() => response(page)).toContain('"Brygga husblanding"');
    expect(asked.at(-1)).toMatchObject({ tenant: 'nordlys' });
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'searchSuggestions' }).waitFor();
    expect(faults).toEqual([]);
  });

  it('fits on a phone', async () => {
    const { page } = await openPlayground({ width: 390 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await run(page);
    const answer = page.locator('.graphiql-response');
    await answer.getByText('"Enameled Dutch Oven"').waitFor();
    const below = await queryEditor(page).boundingBox();
    expect((await answer.boundingBox())?.y).toBeGreaterThan(below?.y ?? 0);
  });
}
