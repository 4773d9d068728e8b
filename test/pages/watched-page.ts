import type { BrowserContext, Request } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** What a page asked the API, with the headers that say as whom. */
export type Asked = { query: string; tenant: string | undefined; apiKey: string | undefined };

/** A page, what it asked the API, and all that went wrong on it: errors, broken policies, requests elsewhere. */
export async function openWatchedPage(context: BrowserContext, address: string, width = 1280) {
  const page = await context.newPage();
  onTestFinished(() => page.close());
  await page.setViewportSize({ width, height: 800 });
  const faults: string[] = [];
  const asked: Asked[] = [];
  page.on('console', (message) => {
    // A broken content security policy is reported here, too.
    if (message.type() !== 'log') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What is under way when the page is left is aborted.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') faults.push(`${reason}: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) faults.push(`outside: ${request.url()}`);
    if (request.url().endsWith('/graphql') && request.method() === 'POST') asked.push(questionIn(request));
  });
  const answer = await page.goto(address);
  return { page, faults, asked, headers: answer?.headers() ?? {} };
}

function questionIn(request: Request): Asked {
  const headers = request.headers();
  const { query } = request.postDataJSON();
  return { query, tenant: headers['x-tenant'], apiKey: headers['x-api-key'] };
}

/** Holds as soon as it does; a page on a busy machine takes its time. */
export const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 15_000 });
