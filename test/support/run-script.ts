import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type ScriptResult = { code: number | null; out: string; err: string };
export type RunningScript = { child: ChildProcess; result: Promise<ScriptResult> };

export type ScriptDatabase = { name: string; uri?: string; redis?: string };

/** Starts a script of `scripts/` on a database, of the tests' server when no other is given, in a process of its own. */
export function startScript(
  script: string,
  args: string[],
  { name, uri, redis }: ScriptDatabase,
): RunningScript {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
    cwd: root,
    env: {
      ...process.env,
      MONGODB_URI: uri ?? inject('mongoUri'),
      MONGODB_DATABASE: name,
      NO_COLOR: '1',
      ...(redis && { REDIS_URL: redis }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const result = new Promise<ScriptResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, result };
}

export const runScript = (script: string, args: string[], database: ScriptDatabase): Promise<ScriptResult> =>
  startScript(script, args, database).result;
