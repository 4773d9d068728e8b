import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import type { Figures } from './figures.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/torture.ts', import.meta.url));

/** The other short ones are held by test/orders too, at less cost. */
const KILLED = ['killed-primary', 'killed-api'];

type Told = Figures & { missed: string[] };

function tortureShortly(): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [SCRIPT, '--short', '--json', '--scenario', ...KILLED], {
    env: { ...process.env, MONGOMS_SYSTEM_BINARY: inject('mongodBinary') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

it('checkout loses, doubles and oversells nothing while its servers are killed', async () => {
  const { code, out, err } = await tortureShortly();
  if (out === '') throw new Error(err);
  const all: Told[] = JSON.parse(out);
  expect(all.flatMap(({ title, missed }) => missed.map((mark) => `${title}: ${mark}`))).toEqual([]);
  expect(code).toBe(0);
  expect(all.map(({ name }) => name)).toEqual(KILLED);
  expect(all.filter(({ orders }) => orders === 0)).toEqual([]);
}, 300_000);
