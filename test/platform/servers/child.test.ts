import { expect, it } from 'vitest';
import { runToEnd } from '../../../src/platform/servers/child.ts';

it('answers the last line of a program, and tells each line as it comes', async () => {
  const lines: string[] = [];
  const last = await runToEnd('sh', ['-c', 'echo one; echo; echo two'], {
    onLine: (line) => lines.push(line),
  });
  expect(last).toBe('two');
  expect(lines).toEqual(['one', 'two']);
});

it('sets variables on top of the environment, and takes others away', async () => {
  const variables = { SOUK_SET: 'here', HOME: undefined };
  const shown = await runToEnd('sh', ['-c', 'test -n "$PATH" && echo "$SOUK_SET,$HOME"'], { variables });
  expect(shown).toBe('here,');
});

it('fails with the last line of stderr, else with the exit code', async () => {
  await expect(runToEnd('sh', ['-c', 'echo first >&2; echo last >&2; exit 3'])).rejects.toThrow(/^last$/);
  await expect(runToEnd('sh', ['-c', 'exit 3'])).rejects.toThrow('exit code 3');
});

it('gives up on a program that says nothing, and not on one that has begun to speak', async () => {
  await expect(runToEnd('sleep', ['60'], { firstLineWithinMs: 50 })).rejects.toThrow('no answer');
  const slow = 'setTimeout(() => console.log("done"), 1500); console.log("begun")';
  expect(await runToEnd(process.execPath, ['-e', slow], { firstLineWithinMs: 1000 })).toBe('done');
});
