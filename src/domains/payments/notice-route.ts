import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import { HttpError, readBytes } from '../../platform/http/body.ts';
import type { Connected } from '../../platform/http/client-address.ts';
import { nameRequest, REQUEST_ID } from '../../platform/http/headers.ts';
import { type Handler, sendJson } from '../../platform/http/server.ts';
import type { Paying } from './gateway.ts';
import type { PaymentProvider, ProviderNotice } from './provider.ts';
import { answerConfirmPage } from './test-page.ts';

type Request = Parameters<Handler>[0];

/**
 * POST /payments/PROVIDER/SUBDOMAIN: what a provider tells of its own accord. It is signed over its very bytes; its
 * shop stands in the address, for a provider sends no headers of ours. 200 says that it is written down.
 */
export const paymentRoute =
  (
    contextOf: (asked: Connected) => Promise<Context>,
    record: (paying: Paying, notice: ProviderNotice) => Promise<void>,
  ): Handler =>
  async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://localhost');
    const [, , name = '', subdomain = '', page] = pathname.split('/');
    const context = await contextOf(ofShop(req, subdomain)).catch(refuseShop);
    const opened = await context.payments.open(context.db, name, subdomain);
    if (!opened) throw new HttpError(404, `This shop takes no payments by ${name}`);
    if (name === 'test' && page === 'confirm')
      return answerConfirmPage(req, res, context, searchParams.get('charge') ?? '');
    if (page !== undefined) throw new HttpError(404, `There is nothing at ${pathname}`);
    if (req.method !== 'POST') throw new HttpError(405, 'Send notices by POST', { allow: 'POST' });
    const notice = await readNotice(opened.provider, req, context);
    if (notice) await record(context, notice);
    sendJson(res, 200, { received: true });
  };

/** As a request to the shop by somebody unknown: whatever else a provider's headers say counts for nothing. */
function ofShop(req: Request, subdomain: string): Connected {
  const { headers, socket } = req;
  const { 'x-forwarded-for': forwarded, 'user-agent': userAgent } = headers;
  return {
    socket,
    headers: {
      'x-tenant': subdomain,
      [REQUEST_ID]: nameRequest(req),
      ...(forwarded && { 'x-forwarded-for': forwarded }),
      ...(userAgent && { 'user-agent': userAgent }),
    },
  };
}

function refuseShop(error: unknown): never {
  throw error instanceof AppError && error.code === 'TENANT_NOT_FOUND'
    ? new HttpError(404, error.message)
    : error;
}

async function readNotice(
  provider: PaymentProvider,
  req: Request,
  { db }: Context,
): Promise<ProviderNotice | null> {
  const body = await readBytes(req);
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, value === undefined ? value : String(value)]),
  );
  try {
    return await provider.readNotice({ body, headers, now: db.now() });
  } catch {
    throw new HttpError(400, 'This notice is not signed as it should be');
  }
}
