import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

interface RunOptions {
  /** Set for the child on top of the environment it inherits; undefined takes a variable away. */
  variables?: Record<string, string | undefined>;
  onLine?: (line: string) => void;
  /** Ends a child that has not printed a line by then: a firewall that drops packets is silent for minutes. */
  firstLineWithinMs?: number;
  /** Picks, out of what it wrote to stderr, the line that tells why it failed. The last one, unless said otherwise. */
  reason?: (lines: string[]) => string | undefined;
}

/** Runs a program to its end and answers its last line; throws with a line of its stderr when it fails. */
export function runToEnd(program: string, args: string[], options: RunOptions = {}) {
  const { variables = {}, onLine, firstLineWithinMs, reason = lastOf } = options;
  return new Promise<string>((resolve, reject) => {
    const child = spawn('env', [...environmentArgs(variables), program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = firstLineWithinMs ? setTimeout(() => child.kill(), firstLineWithinMs) : undefined;
    const out = collectLines(child.stdout, (line) => {
      clearTimeout(timer);
      onLine?.(line);
    });
    const err = collectLines(child.stderr);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(lastOf(out) ?? '');
      else reject(new Error(reason(err) ?? (signal ? 'no answer' : `exit code ${code}`)));
    });
  });
}

/** `env` takes what to remove before what to set. */
function environmentArgs(variables: Record<string, string | undefined>) {
  const entries = Object.entries(variables);
  const removed = entries.flatMap(([name, value]) => (value === undefined ? ['-u', name] : []));
  const set = entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return [...removed, ...set];
}

const lastOf = (lines: string[]) => lines.at(-1);

function collectLines(stream: NodeJS.ReadableStream, onLine?: (line: string) => void) {
  const lines: string[] = [];
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split(/[\r\n]+/).filter((text) => text.trim())) {
      lines.push(line.trim());
      onLine?.(line.trim());
    }
  });
  return lines;
}

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Starts a program that outlives this process and does not hear its Ctrl-C; what it prints goes to the file. */
export async function launchDetached(program: string, args: string[], logFile: string) {
  const log = await open(logFile, 'a');
  try {
    const child = spawn(program, args, { stdio: ['ignore', log.fd, log.fd], detached: true });
    await once(child, 'spawn');
    child.unref();
    if (!child.pid) throw new Error(`${program} did not start`);
    return { pid: child.pid, hasDied: () => child.exitCode !== null || child.signalCode !== null };
  } finally {
    await log.close();
  }
}

/** Ends a process that need not be a child of this one, and waits until it is gone. */
export async function terminate(pid: number, isGone: () => Promise<boolean>) {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    return;
  }
  const giveUpAt = Date.now() + 20_000;
  while (isAlive(pid) && !(await isGone()) && Date.now() < giveUpAt) await delay(20);
}
