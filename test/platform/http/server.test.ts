import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sendJson } from '../../../src/platform/http/server.ts';
import { count, openSocket, post } from './raw-socket.ts';
import { startServer } from './test-server.ts';

const json = { 'content-type': 'application/json' };

const send = (url: string, body: string | Buffer, headers: Record<string, string> = json) =>
  fetch(`${url}/echo`, { method: 'POST', headers, body: Buffer.from(body) });

type Refusal = { errors: [{ message: string; extensions: { code: string } }] };

const refusalOf = async (response: Response) => ((await response.json()) as Refusal).errors[0];
const messageOf = async (response: Response) => (await refusalOf(response)).message;

describe('a body', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset="UTF-8"'],
    ['application/graphql+json'],
  ])('is read as %s', async (type) => {
    const { url } = await startServer();
    const response = await send(url, '{"text":"ü€😀"}', { 'content-type': type });
    expect([response.status, await response.json()]).toEqual([200, { text: 'ü€😀' }]);
  });

  it('may begin with a byte order mark', async () => {
    const { url } = await startServer();
    expect(await (await send(url, '\uFEFF{"a":1}')).json()).toEqual({ a: 1 });
  });

  it.each([
    ['text/plain', 415, 'Send content-type: application/json'],
    ['application/x-www-form-urlencoded', 415, 'Send content-type: application/json'],
    ['multipart/form-data; boundary=x', 415, 'Send content-type: application/json'],
    ['application/json; charset=utf-16', 415, 'Send the body in UTF-8, not utf-16'],
    ['application/json; charset=latin1', 415, 'Send the body in UTF-8, not latin1'],
  ])('of the type %s is refused', async (type, status, message) => {
    const { url } = await startServer();
    const response = await send(url, '{}', { 'content-type': type });
    expect([response.status, await messageOf(response)]).toEqual([status, message]);
  });

  it.each(['gzip', 'br', 'deflate'])('compressed with %s is refused', async (encoding) => {
    const { url } = await startServer();
    const response = await send(url, '{}', { ...json, 'content-encoding': encoding });
    expect(response.status).toBe(415);
    expect(await messageOf(response)).toBe(`Send the body as it is, not compressed with ${encoding}`);
  });

  it.each([
    ['', /^The body is not JSON: /],
    ['{"a":', /^The body is not JSON: /],
    ['nonsense', /^The body is not JSON: /],
    ['1', /^The body is not a JSON object$/],
    ['null', /^The body is not a JSON object$/],
    ['[{"query":"{ a }"}]', /^Send one operation a request; batches are not taken$/],
  ])('that says %j is refused', async (body, message) => {
    const { url } = await startServer();
    const response = await send(url, body);
    expect(response.status).toBe(400);
    expect(await messageOf(response)).toMatch(message);
  });

  it('that is not in UTF-8 is refused', async () => {
    const { url } = await startServer();
    const response = await send(url, Buffer.from('{"text":"caf\xe9"}', 'latin1'));
    expect([response.status, await messageOf(response)]).toEqual([400, 'The body is not in UTF-8']);
  });

  it('of 100,000 bytes is read, and of one more refused', async () => {
    const { url } = await startServer();
    const body = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
    expect((await send(url, body(100_000))).status).toBe(200);
    const refused = await send(url, body(100_001));
    expect([refused.status, await messageOf(refused)]).toEqual([413, 'The body is larger than 100000 bytes']);
  });

  it('too large is refused before it is sent', async () => {
    const { url } = await startServer();
    const raw = await openSocket(url);
    raw.send(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n',
    );
    expect(await raw.until('larger than')).toContain('HTTP/1.1 413 ');
    raw.socket.destroy();
  });

  it('of unknown length is refused where it becomes too large, and its sender reads why', async () => {
    const { url } = await startServer();
    const raw = await openSocket(url);
    raw.send(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    for (let i = 0; i < 40; i++) raw.send(`2710\r\n${'x'.repeat(10_000)}\r\n`);
    raw.send('0\r\n\r\n');
    const received = await raw.untilClosed();
    expect(received).toContain('HTTP/1.1 413 ');
    expect(received).toContain('The body is larger than 100000 bytes');
  });

  it('that ends too early does not count as an error of ours', async () => {
    const { url, errors } = await startServer();
    const raw = await openSocket(url);
    raw.send(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a"',
    );
    await sleep(50);
    raw.socket.destroy();
    await sleep(50);
    expect(errors).toEqual([]);
  });

  it('that comes byte by byte is read whole', async () => {
    const { url } = await startServer();
    const raw = await openSocket(url);
    const text = post('/echo', '{"text":"ü€"}');
    for (const byte of Buffer.from(text)) {
      raw.send(Buffer.from([byte]));
      await sleep(1);
    }
    expect(await raw.until('"}')).toContain('{"text":"ü€"}');
    raw.socket.destroy();
  });
});

describe('an answer', () => {
  it('comes for each of several requests in one go, in their order', async () => {
    const { url } = await startServer();
    const raw = await openSocket(url);
    raw.send([1, 2, 3].map((n) => post('/echo', `{"n":${n}}`)).join(''));
    const received = await raw.until('{"n":3}');
    expect(received.match(/\{"n":\d\}/g)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    raw.socket.destroy();
  });

  it('to what is no HTTP is 400, and the connection is closed', async () => {
    const { url } = await startServer();
    const raw = await openSocket(url);
    raw.send('nonsense\r\n\r\n');
    expect(await raw.untilClosed()).toMatch(/^HTTP\/1.1 400 /);
  });

  it('to an unknown path is 404', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/nowhere?a=1`, { method: 'POST' });
    expect([response.status, await messageOf(response)]).toEqual([404, 'There is nothing at /nowhere']);
  });

  it('hides what is behind a fault of ours, which is reported', async () => {
    const { url, errors } = await startServer();
    const response = await fetch(`${url}/broken`, { headers: { 'x-request-id': 'quoted' } });
    expect(response.status).toBe(500);
    const extensions = { code: 'INTERNAL', requestId: 'quoted' };
    expect(await response.json()).toEqual({
      errors: [{ message: 'Something went wrong on our side', extensions }],
    });
    expect(errors).toEqual([new Error('with a secret')]);
  });

  it('says when to come again where there is no room', async () => {
    const { url, errors } = await startServer();
    const response = await fetch(`${url}/busy`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await refusalOf(response)).extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(errors).toEqual([]);
  });

  it('is counted by its route and status', async () => {
    const answers: [string, number][] = [];
    const { url } = await startServer({ onAnswer: (route, status) => answers.push([route, status]) });
    await (await send(url, '{}')).text();
    await (await fetch(`${url}/nowhere`)).text();
    await expect
      .poll(() => answers)
      .toEqual([
        ['/echo', 200],
        ['page', 404],
      ]);
  });
});

describe('a stop', () => {
  const patience = { unreadyMs: 300, farewellMs: 300, answersMs: 2_000 };

  it('first takes readiness away, then says farewell in each answer, then closes the port', async () => {
    const { url, close } = await startServer();
    const raw = await openSocket(url);
    const ready = () => fetch(`${url}/readyz`).then(({ status }) => status);
    expect(await ready()).toBe(200);

    const stopped = close(patience);
    expect(await ready()).toBe(503);
    raw.send(post('/echo', '{"n":1}'));
    expect(await raw.until('{"n":1}')).not.toMatch(/connection: close/i);

    await sleep(patience.unreadyMs + 100);
    raw.send(post('/echo', '{"n":2}'));
    expect(await raw.untilClosed()).toMatch(/connection: close[\s\S]*\{"n":2\}/i);

    await stopped;
    await expect(fetch(`${url}/readyz`)).rejects.toThrow();
  });

  it('waits for answers that are under way', async () => {
    const { url, close } = await startServer({
      routes: { '/slow': (_, res) => sleep(400).then(() => sendJson(res, 200, { done: true })) },
    });
    const asked = fetch(`${url}/slow`);
    await sleep(100);
    await close({ unreadyMs: 0, farewellMs: 0, answersMs: 2_000 });
    expect(await (await asked).json()).toEqual({ done: true });
  });

  it('does not wait for them longer than it is told to', async () => {
    const { url, close } = await startServer({ routes: { '/never': () => new Promise(() => {}) } });
    const asked = fetch(`${url}/never`).catch(() => 'cut off');
    await sleep(100);
    await close({ unreadyMs: 0, farewellMs: 0, answersMs: 200 });
    expect(await asked).toBe('cut off');
  });

  it('fails no request of clients that go by readiness and farewells', async () => {
    const { url, close } = await startServer({
      routes: { '/work': (_, res) => sleep(5).then(() => sendJson(res, 200, {})) },
    });
    const failures: unknown[] = [];
    const client = async () => {
      while ((await fetch(`${url}/readyz`)).ok) {
        const response = await fetch(`${url}/work`).catch((error) => failures.push(error));
        if (response instanceof Response) await response.text();
      }
    };
    const clients = Promise.all([1, 2, 3, 4].map(() => client().catch((error) => failures.push(error))));
    await sleep(200);
    await close(patience);
    await clients;
    expect(failures).toEqual([]);
  });

  it('closes connections that nobody uses', async () => {
    const { url, close } = await startServer();
    const raw = await openSocket(url);
    raw.send(post('/echo', '{}'));
    await raw.until('{}');
    await close();
    expect(count(await raw.untilClosed(), 200)).toBe(1);
  });
});
