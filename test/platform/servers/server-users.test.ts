import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { joinUsers } from '../../../src/platform/servers/server-users.ts';
import { temporaryFolder } from './fake-programs.ts';

it('is last to leave when the others have left', async () => {
  const folder = await temporaryFolder();
  const [first, second] = [await joinUsers(folder), await joinUsers(folder)];
  expect(await first()).toBe(false);
  expect(await second()).toBe(true);
});

it('counts a process as long as it lives', async () => {
  const folder = await temporaryFolder();
  const other = spawn('sleep', ['60']);
  onTestFinished(() => void other.kill());
  await writeFile(join(folder, `${other.pid}-another-program`), '');
  expect(await (await joinUsers(folder))()).toBe(false);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(await (await joinUsers(folder))()).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});

it('does not count an earlier process that had the same pid', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, `${process.pid}-of-an-earlier-container`), '');
  expect(await (await joinUsers(folder))()).toBe(true);
});
