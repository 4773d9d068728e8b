import type { Browser, BrowserContextOptions } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** A page, and everything that went wrong on it: errors, broken policies, requests to anywhere else. */
export async function openWatchedPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    // A broken content security policy is reported here, too.
    if (message.type() !== 'log') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) faults.push(`outside: ${request.url()}`);
  });
  const answer = await page.goto(address);
  return { page, faults, headers: answer?.headers() ?? {} };
}

/** Holds as soon as it does; a page on a busy machine takes its time. */
export const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 15_000 });
