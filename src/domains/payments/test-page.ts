import type { Context } from '../../context.ts';
import { HttpError, readBytes } from '../../platform/http/body.ts';
import type { Handler } from '../../platform/http/server.ts';
import { formatMoney } from '../pricing/money.ts';
import { decide, findCharge, type TestCharge } from './test-charges.ts';

type Request = Parameters<Handler>[0];
type Response = Parameters<Handler>[1];

/** The test provider's bank: where a buyer confirms a charge or does not, and is sent back to the shop. */
export async function answerConfirmPage(
  req: Request,
  res: Response,
  { db, shop }: Pick<Context, 'db' | 'shop'>,
  id: string,
): Promise<void> {
  const charge = await findCharge(db, id);
  if (!charge) throw new HttpError(404, 'The test provider knows of no such charge');
  if (req.method !== 'POST') return sendPage(res, charge, shop.settings.locale);
  const form = new URLSearchParams((await readBytes(req)).toString());
  const decided = await decide(db, id, form.get('decision') === 'approve', 1);
  if (!charge.returnUrl) return sendPage(res, decided ?? charge, shop.settings.locale);
  const back = new URL(charge.returnUrl);
  back.searchParams.set('payment', id);
  res.writeHead(303, { location: back.href });
  res.end();
}

const BUTTONS = `<button name="decision" value="approve">Approve</button>
<button name="decision" value="decline">Decline</button>`;

function sendPage(res: Response, { amount, currency, state }: TestCharge, locale: string): void {
  const open = state === 'PENDING';
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Test payment</title>
<h1>Test payment</h1>
<p>${formatMoney(amount, currency, locale)}. No money is moved.</p>
${open ? `<form method="post">${BUTTONS}</form>` : `<p>It is ${state.toLowerCase()}.</p>`}
</html>`;
  res.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  });
  res.end(page);
}
