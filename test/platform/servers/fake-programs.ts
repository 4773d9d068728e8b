import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../../support/mongo.ts';

/** An empty folder, gone after the last test of the file. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'souk-servers-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A shell script that stands for a program. Its `#!/bin/sh` needs no PATH. */
export async function fakeProgram(folder: string, name: string, script: string) {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

export const saysVersion = (version: string) => `echo "db version v${version}"`;
