import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Resolved } from './settings.ts';

const ANSWER_MS = 10_000;
const KEPT_BYTES = 1_024;

export type Sent = { status: number; body: string };

export type Letter = {
  url: URL;
  address: Resolved;
  headers: Record<string, string>;
  body: string;
  signal?: AbortSignal | undefined;
};

/** Posts to this one address, whatever its name may lead to by now. No redirect is followed, and little of the answer read. */
export function send({ url, address, headers, body, signal }: Letter): Promise<Sent> {
  const timeout = AbortSignal.timeout(ANSWER_MS);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const sending = request(url, {
    method: 'POST',
    agent: false,
    lookup: pinned(address),
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  });
  sending.on('error', (error) =>
    reject(timeout.aborted ? new Error(`No answer within ${ANSWER_MS / 1_000} s`) : error),
  );
  sending.on('response', (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = () => {
      const text = Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString().toWellFormed();
      resolve({ status: response.statusCode ?? 0, body: text.replaceAll('\0', '') });
      response.destroy();
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= KEPT_BYTES) done();
    });
    response.on('end', done);
    // The status has arrived: how the body ends changes nothing.
    response.on('error', done);
  });
  sending.end(body);
  return promise;
}

const pinned =
  ({ address, family }: Resolved): LookupFunction =>
  (_, { all }, answer) =>
    all ? answer(null, [{ address, family }]) : answer(null, address, family);
