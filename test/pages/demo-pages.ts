import type { BrowserContext } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { atEnd } from '../support/mongo.ts';
import { type DemoServer, startDemoServer } from './demo-server.ts';

/** `context` keeps what was loaded once, as a browser does; each page of it begins without what another has stored. */
export type DemoPages = { server: DemoServer; context: BrowserContext };

/** The demo server and a browser, closed after the last test of the file. */
export async function openDemoPages(): Promise<DemoPages> {
  const [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
  atEnd(() => Promise.all([browser.close(), server.close()]));
  const context = await browser.newContext({
    ...{ locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] },
    viewport: { width: 1280, height: 800 },
  });
  // Not again when the same page is loaded anew: its own session tells.
  await context.addInitScript(`if (!sessionStorage.getItem('begun')) {
    localStorage.clear();
    sessionStorage.setItem('begun', 'yes');
  }`);
  return { server, context };
}
