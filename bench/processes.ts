import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stopAtEnd } from './ending.ts';

/** A server of the benchmark, in a process of its own. */
export type Served = { url: string; pid: number; stop: () => Promise<void>; kill: () => Promise<void> };

export type Serve = {
  script: string;
  args?: string[];
  variables?: Record<string, string>;
  nodeOptions?: string[];
  cpus?: string;
};

/** The measured processes have the first core for themselves; mongod and the clients have the others. */
const SERVER_CPU = '0';
const OTHER_CPUS = `1-${availableParallelism() - 1}`;
export const ALL_CPUS = `0-${availableParallelism() - 1}`;
const canPin = process.platform === 'linux' && availableParallelism() > 1;

/** Starts a script that prints a JSON line with `url` once it listens. */
export async function serve({
  script,
  args = [],
  variables = {},
  nodeOptions = [],
  cpus = SERVER_CPU,
}: Serve): Promise<Served> {
  const node = [process.execPath, ...nodeOptions, fileURLToPath(new URL(script, import.meta.url)), ...args];
  const [program = '', ...rest] = canPin ? ['taskset', '-c', cpus, ...node] : node;
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...variables },
  });
  const gone = once(child, 'exit');
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await gone;
  };
  const stop = stopAtEnd(end('SIGTERM'));
  try {
    return { url: await urlOf(child, script), pid: child.pid ?? 0, stop, kill: end('SIGKILL') };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function urlOf(child: ChildProcess, script: string): Promise<string> {
  if (!child.stdout) throw new Error('The output of a server is a pipe');
  const printed: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (!url) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`${script} ended before it listened:\n${printed.join('\n')}`);
}

/** Keeps a process off the measured core. */
export function pinBeside(pid: number) {
  if (canPin) execFileSync('taskset', ['-a', '-pc', OTHER_CPUS, String(pid)], { stdio: 'ignore' });
}

/** Keeps the clients, which run here, and mongod off the measured core. */
export function pinClients(mongod: number | null) {
  for (const pid of [process.pid, mongod]) if (pid) pinBeside(pid);
}

/** A process and those that it has started. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...(children === '' ? [] : children.split(' ').map(Number).flatMap(familyOf))];
}

const sumOver = (pid: number, of: (pid: number) => number) =>
  familyOf(pid).reduce((sum, one) => sum + of(one), 0);

const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process and its children have used. */
export const cpuSeconds = (pid: number): number =>
  sumOver(pid, (one) => {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  });

export const residentMegabytes = (pid: number): number =>
  sumOver(pid, (one) => {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  });
