import { MongoServerError } from 'mongodb';
import { expect, it } from 'vitest';
import { patiently } from '../../../src/domains/catalogue/import/patience.ts';

const conflict = new MongoServerError({ message: 'WriteConflict', code: 112 });

/** Fails so often, and then answers how often it was tried. */
function failing(times: number, error: Error) {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw error;
    return tries;
  };
}

it('waits for what a killed process still holds', async () => {
  expect(await patiently(failing(2, conflict))).toBe(3);
});

it('gives up when its time is over', async () => {
  await expect(patiently(failing(2, conflict), Date.now())).rejects.toBe(conflict);
});

it('does not repeat what fails for another reason', async () => {
  const refused = new MongoServerError({ message: 'Document failed validation', code: 121 });
  await expect(patiently(failing(1, refused))).rejects.toBe(refused);
});
