import autocannon from 'autocannon';
import type { Side } from './contests.ts';
import { cpuSeconds, residentMegabytes } from './processes.ts';
import type { BenchDatabase } from './shop-database.ts';

/** What is sent again and again to one server. */
export type Load = {
  path: string;
  headers: Record<string, string>;
  bodies: string[];
  connections: number;
};

export type Measured = {
  perSecond: number;
  p50: number;
  p99: number;
  /** Microseconds of the server's CPU for one request. */
  cpuMicros: number;
  commands: number;
  megabytes: number;
};

/** Drives one server for some seconds; an answer that is not 200 stops the benchmark. */
export async function drive(
  { server, load }: Side,
  seconds: number,
  bench: Pick<BenchDatabase, 'commands'>,
): Promise<Measured> {
  let sent = Math.floor(Math.random() * load.bodies.length);
  const setupRequest = (request: object) => ({
    ...request,
    body: load.bodies[sent++ % load.bodies.length] ?? '',
  });
  const before = { cpu: cpuSeconds(server.pid), commands: await bench.commands() };
  const result = await autocannon({
    url: server.url + load.path,
    connections: load.connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...load.headers },
    requests: [{ setupRequest }],
  });
  const after = { cpu: cpuSeconds(server.pid), commands: await bench.commands() };
  const { errors, timeouts, non2xx } = result;
  const total = result.requests.total;
  if (errors + non2xx > 0)
    throw new Error(
      `${load.path}: of ${total} requests ${errors} failed, ${timeouts} of them by time, and ${non2xx} were refused`,
    );
  return {
    perSecond: total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMicros: ((after.cpu - before.cpu) / total) * 1e6,
    commands: (after.commands - before.commands) / total,
    megabytes: residentMegabytes(server.pid),
  };
}
