import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { startPageServer } from './page-server.ts';
import { eventually, openWatchedPage } from './watched-page.ts';

let server: Awaited<ReturnType<typeof startPageServer>>;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

it('shows each shop with products at the prices of this moment, and whether the server is ready', async () => {
  const { page, faults } = await openWatchedPage(browser, server.url);
  const shop = page.getByRole('region', { name: 'Harbour & Pine' });
  await shop.getByText('Storm Lantern').waitFor();
  expect(await shop.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Enameled Dutch Oven\s+£14.50\s+★ 4.6 \(38\)$/),
    expect.stringMatching(/^SALE\s+Storm Lantern\s+£66.75 £89.00\s+★ 4.6 \(38\)$/i),
    expect.stringMatching(/^Cast Iron Skillet\s+from £49.00\s+★ 4.6 \(38\)$/),
    expect.stringMatching(/^Waxed Canvas Log Carrier\s+£119.00\s+★ 4.6 \(38\)$/),
  ]);
  expect(await page.getByRole('region', { name: 'Nordlys' }).getByRole('listitem').count()).toBe(4);
  await eventually(() => page.getByRole('status').innerText()).toBe('Ready');
  expect(new Set(server.asked.map(({ tenant }) => tenant))).toEqual(new Set(['demo', 'nordlys']));
  expect(faults).toEqual([]);
});

it('says what runs, and leads to the playground and the addresses', async () => {
  const { page } = await openWatchedPage(browser, server.url);
  await page.getByText('0.1.0').waitFor();
  expect(await page.getByText('embedded demo').count()).toBe(1);
  const links = await page
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links).toEqual(expect.arrayContaining(['/playground', '/healthz', '/readyz', '/metrics']));
});

it('gives a command that asks this very server', async () => {
  const { page } = await openWatchedPage(browser, server.url);
  await page.getByText('x-tenant: demo').first().waitFor();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const command = await page.evaluate('navigator.clipboard.readText()');
  expect(command).toContain(`curl ${server.url}/graphql`);
  expect(command).toContain("-H 'x-tenant: demo'");
});

it('draws a picture for a product without one of its own, the same each time', async () => {
  const art = async () => {
    const { page } = await openWatchedPage(browser, server.url);
    await page.getByText('Storm Lantern').first().waitFor();
    return page.locator('.picture svg').evaluateAll((all) => all.map((picture) => picture.outerHTML));
  };
  const drawn = await art();
  expect(new Set(drawn.slice(0, 4)).size).toBe(4);
  expect(await art()).toEqual(drawn);
});

it.each([320, 390, 768, 1280])('needs no scrolling sideways at a width of %i', async (width) => {
  const { page } = await openWatchedPage(browser, server.url, { viewport: { width, height: 800 } });
  await page.getByText('Storm Lantern').first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
});

it('tells what is wrong where a shop cannot be loaded, and when the server goes away', async () => {
  const { page } = await openWatchedPage(browser, server.url);
  await page.route('**/graphql', (route) =>
    route.fulfill({ json: { errors: [{ message: 'The shop is closed' }] } }),
  );
  await page.route('**/readyz', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await page.getByText('The products could not be loaded: The shop is closed').first().waitFor();
  await page.getByText('Not ready (503)').waitFor();
});

it('leads from a product to its page in the playground', async () => {
  const { page, faults } = await openWatchedPage(browser, server.url);
  await page.getByRole('region', { name: 'Nordlys' }).getByText('Storm Lantern').click();
  await page.getByText('"storm-lantern"').waitFor();
  expect(faults).toEqual([]);
});
