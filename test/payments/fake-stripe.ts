import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../support/mongo.ts';

type Form = Record<string, string>;
type Intent = Record<string, unknown> & { id: string; status: string; amount: number; metadata: Form };
type Refund = Record<string, unknown> & { id: string; metadata: Form; payment_intent: string };

export type StripeCall = {
  method: string;
  path: string;
  form: Form;
  idempotencyKey: string | undefined;
  authorization: string | undefined;
};

export type FakeStripe = {
  url: string;
  calls: StripeCall[];
  intents: Map<string, Intent>;
  refunds: Refund[];
  /** The next calls are done, and their answers lost; Stripe's package itself asks again once. */
  loseAnswers: (calls: number) => void;
};

/** Speaks as much of Stripe's API as we use, in its shapes; its cards are those of Stripe's own test mode. */
export async function openFakeStripe(): Promise<FakeStripe> {
  const fake: Omit<FakeStripe, 'url' | 'loseAnswers'> = { calls: [], intents: new Map(), refunds: [] };
  const answered = new Map<string, Answer>();
  let toLose = 0;
  const server = createServer(async (req, res) => {
    const call = await readCall(req);
    fake.calls.push(call);
    const known = call.idempotencyKey ? answered.get(call.idempotencyKey) : undefined;
    const answer = known ?? answerOf(fake, call);
    if (call.idempotencyKey) answered.set(call.idempotencyKey, answer);
    if (toLose > 0) {
      toLose -= 1;
      return void req.socket.destroy();
    }
    res.writeHead(answer.status, { 'content-type': 'application/json', 'request-id': 'req_fake' });
    res.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const loseAnswers = (calls: number) => {
    toLose = calls;
  };
  return { ...fake, url, loseAnswers };
}

async function readCall(req: IncomingMessage): Promise<StripeCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(req.url ?? '', 'http://stripe');
  const body = new URLSearchParams(Buffer.concat(chunks).toString());
  return {
    method: req.method ?? '',
    path: pathname,
    form: Object.fromEntries([...searchParams, ...body]),
    idempotencyKey: req.headers['idempotency-key'] as string | undefined,
    authorization: req.headers.authorization,
  };
}

type Answer = { status: number; body: unknown };
type State = Pick<FakeStripe, 'intents' | 'refunds'>;

const ok = (body: unknown): Answer => ({ status: 200, body });
const failed = (status: number, error: object): Answer => ({ status, body: { error } });
const list = (data: unknown[]) => ok({ object: 'list', data, has_more: false, url: '/v1' });

const metadataOf = (form: Form): Form =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const [, key] = /^metadata\[(\w+)\]$/.exec(name) ?? [];
      return key ? [[key, value]] : [];
    }),
  );

function answerOf(state: State, { method, path, form, authorization }: StripeCall): Answer {
  if (!authorization?.startsWith('Bearer sk_test_'))
    return failed(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' });
  const [, , kind, id = '', action] = path.split('/');
  if (kind === 'refunds') return method === 'POST' ? makeRefund(state, form) : list(refundsOf(state, form));
  if (method === 'POST' && id === '') return makeIntent(state, form);
  if (id === 'search') return list(searched(state, form));
  const intent = state.intents.get(id);
  if (!intent)
    return failed(404, { type: 'invalid_request_error', code: 'resource_missing', message: 'None' });
  return action ? moveIntent(intent, action) : ok(intent);
}

function makeIntent({ intents }: State, form: Form): Answer {
  const id = `pi_${intents.size + 1}`;
  const intent: Intent = {
    id,
    object: 'payment_intent',
    amount: Number(form.amount),
    amount_capturable: 0,
    amount_received: 0,
    currency: form.currency,
    status: 'requires_payment_method',
    client_secret: `${id}_secret_fake`,
    last_payment_error: null,
    next_action: null,
    metadata: metadataOf(form),
  };
  if (form.payment_method === 'pm_unknown')
    return failed(400, { type: 'invalid_request_error', message: "No such PaymentMethod: 'pm_unknown'" });
  intents.set(id, intent);
  if (form.payment_method === 'pm_card_chargeDeclined') {
    const message = 'Your card was declined.';
    intent.last_payment_error = { type: 'card_error', code: 'card_declined', message };
    return failed(402, { type: 'card_error', code: 'card_declined', message, payment_intent: intent });
  }
  if (form.payment_method === 'pm_card_threeDSecure2Required') {
    intent.status = 'requires_action';
    intent.next_action = {
      type: 'redirect_to_url',
      redirect_to_url: { url: `https://hooks.stripe.example/3d/${id}`, return_url: form.return_url },
    };
  } else settle(intent, form.capture_method === 'manual');
  return ok(intent);
}

export function settle(intent: Intent, held = false): void {
  intent.status = held ? 'requires_capture' : 'succeeded';
  intent[held ? 'amount_capturable' : 'amount_received'] = intent.amount;
}

function moveIntent(intent: Intent, action: string): Answer {
  if (action === 'cancel' && intent.status !== 'succeeded') {
    intent.status = 'canceled';
    return ok(intent);
  }
  if (action === 'capture' && intent.status === 'requires_capture') {
    settle(intent);
    return ok(intent);
  }
  const message = `This PaymentIntent could not be ${action}ed because it has a status of ${intent.status}.`;
  return failed(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message });
}

const searched = ({ intents }: State, { query = '' }: Form) => {
  const [, id] = /^metadata\['paymentId'\]:'(\w+)'$/.exec(query) ?? [];
  return [...intents.values()].filter(({ metadata }) => metadata.paymentId === id);
};

const refundsOf = ({ refunds }: State, form: Form) =>
  refunds.filter((refund) => refund.payment_intent === form.payment_intent);

function makeRefund({ refunds }: State, form: Form): Answer {
  const refund: Refund = {
    id: `re_${refunds.length + 1}`,
    object: 'refund',
    amount: Number(form.amount),
    payment_intent: form.payment_intent ?? '',
    status: 'succeeded',
    metadata: metadataOf(form),
  };
  refunds.push(refund);
  return ok(refund);
}
