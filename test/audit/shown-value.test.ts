import fc from 'fast-check';
import { BSON } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/domains/audit/diff.ts';
import { isSecretName } from '../../src/domains/audit/secrets.ts';
import { shownValue } from '../../src/domains/audit/shown-value.ts';

const SECRETS = [
  'password',
  'passwordHash',
  'newPassword',
  'passwd',
  'passphrase',
  'hash',
  'keyHash',
  'token',
  'accessToken',
  'refresh_token',
  'secret',
  'clientSecret',
  'apiKey',
  'api_key',
  'API-Key',
  'privateKey',
  'signingKey',
  'credentials',
  'authorization',
  'cookie',
  'signature',
  'operatorKey',
  'Secret',
  'TOKEN',
];
const HARMLESS = [
  'name',
  'keys',
  'searchKeywords',
  'sku',
  'passwordPage',
  'hashtags',
  'key',
  'author',
  'path',
  'settings',
];

it.each(SECRETS)('%s is the name of a secret', (name) => expect(isSecretName(name)).toBe(true));
it.each(HARMLESS)('%s is none', (name) => expect(isSecretName(name)).toBe(false));

const PLANTED = 'planted-and-not-to-be-seen';
const secretValue = fc.constantFrom<unknown>(PLANTED, [PLANTED], { inner: PLANTED }, [{ a: [PLANTED] }]);
const { document } = fc.letrec((tie) => ({
  document: fc
    .tuple(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'items'), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      fc.dictionary(fc.constantFrom(...SECRETS), secretValue, { maxKeys: 2, noNullPrototype: true }),
    )
    .map(([open, secret]) => ({ ...open, ...secret })),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer(),
    fc.string({ maxLength: 5 }),
    tie('document'),
    fc.array(tie('document'), { maxLength: 3 }),
    fc.tuple(tie('document')).map(([one]) => [{ sku: 'A', ...(one as object) }]),
  ),
}));

describe('of any two documents', () => {
  it('no secret is shown, wherever it stands', () => {
    fc.assert(
      fc.property(document, document, fc.integer({ min: 10, max: 2_000 }), (before, after, room) => {
        const shown = differencesOf(before as object, after as object).map(({ path, ...sides }) => ({
          path,
          ...sides,
          before: shownValue(sides.before, room).value,
          after: shownValue(sides.after, room).value,
        }));
        expect(JSON.stringify(shown.map(({ path, before, after }) => [path, before, after]))).not.toContain(
          PLANTED,
        );
      }),
    );
  });
});

describe('a value that is shown', () => {
  const json = fc.jsonValue({ maxDepth: 5 });

  it('is as it is where there is room', () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(!/"[^"]*(?:token|hash|secret|cookie)/i.test(JSON.stringify(value)));
        expect(shownValue(value, 1_000_000)).toMatchObject({ value, cut: false });
      }),
    );
  });

  it('takes about the room that there is, whatever it is', () => {
    const large = fc.array(
      fc.oneof(json, fc.string({ minLength: 100, maxLength: 5_000, unit: 'grapheme' })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(large, fc.integer({ min: 0, max: 3_000 }), (value, room) => {
        const shown = shownValue({ value }, room);
        expect(BSON.calculateObjectSize(shown.value as object)).toBeLessThan(3 * room + 4_000);
      }),
      { numRuns: 50 },
    );
  });

  it('says what was cut: of a text, of a list, of fields, of depth, and of bytes', () => {
    const text = shownValue('x'.repeat(3_000), 8_000);
    expect(text).toMatchObject({ cut: true, value: `${'x'.repeat(2_000)}… [cut: 3000 characters]` });
    const list = shownValue(
      Array.from({ length: 100 }, (_, place) => place),
      100,
    ).value as unknown[];
    expect(list.at(-1)).toBe(`[cut: ${101 - list.length} more]`);
    const fields = Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`f${place}`, 1]));
    expect(shownValue(fields, 100).value).toMatchObject({
      '…': expect.stringMatching(/^\[cut: 9\d more\]$/),
    });
    const deep = Array.from({ length: 150 }).reduce((inner) => ({ inner }), 1);
    expect(JSON.stringify(shownValue(deep, 8_000))).toContain('[cut: nested too deeply]');
    expect(shownValue({ image: Buffer.alloc(9_000) }, 8_000).value).toEqual({ image: '[cut: binary]' });
  });

  it('does not tear a character in two', () => {
    const shown = shownValue('😀'.repeat(2_000), 8_001).value as string;
    expect(shown.isWellFormed()).toBe(true);
    expect(shown).not.toContain('\uFFFD');
  });
});
