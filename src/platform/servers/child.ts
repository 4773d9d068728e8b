import { spawn } from 'node:child_process';

interface RunOptions {
  /** Set for the child on top of the environment it inherits; undefined takes a variable away. */
  variables?: Record<string, string | undefined>;
  onLine?: (line: string) => void;
  /** Ends a child that has not printed a line by then: a firewall that drops packets is silent for minutes. */
  firstLineWithinMs?: number;
}

/** Runs a program to its end and answers its last line; throws with the last line of stderr when it fails. */
export function runToEnd(program: string, args: string[], options: RunOptions = {}) {
  const { variables = {}, onLine, firstLineWithinMs } = options;
  return new Promise<string>((resolve, reject) => {
    const child = spawn('env', [...environmentArgs(variables), program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = firstLineWithinMs ? setTimeout(() => child.kill(), firstLineWithinMs) : undefined;
    const out = lastLineOf(child.stdout, (line) => {
      clearTimeout(timer);
      onLine?.(line);
    });
    const err = lastLineOf(child.stderr);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(out());
      else reject(new Error(err() || (signal ? 'no answer' : `exit code ${code}`)));
    });
  });
}

function environmentArgs(variables: Record<string, string | undefined>) {
  return Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? ['-u', name] : [`${name}=${value}`],
  );
}

function lastLineOf(stream: NodeJS.ReadableStream, onLine?: (line: string) => void) {
  let last = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split(/[\r\n]+/).filter((text) => text.trim())) {
      last = line.trim();
      onLine?.(last);
    }
  });
  return () => last;
}
