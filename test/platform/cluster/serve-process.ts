import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atEnd } from '../../support/mongo.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The API as `npm run serve` starts it. */
export type ServeProcess = { child: ChildProcess; url: string; lines: string[]; workers: () => number[] };

export async function startServe(environment: Record<string, string>): Promise<ServeProcess> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const told = /"url":"([^"]+)"/.exec(line)?.[1];
      if (told) resolve(told);
    });
    exited.then(([code]) => reject(new Error(`Ended with ${code}:\n${lines.join('\n')}`)));
  });
  return { child, url, lines, workers: () => childrenOf(child.pid) };
}

function childrenOf(parent: number | undefined): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, ppid, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return Number(ppid) === parent && args.includes('main.ts') ? [Number(pid)] : [];
  });
}

/** Asks over a connection of its own, which the first process gives to the workers in turn. */
export function askAnew(url: string, subdomain: string, query: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-tenant': subdomain };
    const asking = request(`${url}/graphql`, { method: 'POST', agent: false, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.on('error', reject).end(JSON.stringify({ query }));
  });
}
