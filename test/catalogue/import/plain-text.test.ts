import { expect, it } from 'vitest';
import {
  decodeEntities,
  nestingDepth,
  plainLine,
  plainText,
} from '../../../src/domains/catalogue/import/plain-text.ts';

it('keeps paragraphs, bullets and list items of a description as lines', () => {
  const html = '<p>Warm.</p>\n<p>&bull; Down.<br />&bull; Hood.</p><ul><li>One</li><li>Two</li></ul>';
  expect(plainText(html)).toBe('Warm.\n\n• Down.\n• Hood.\n\n• One\n• Two');
});

it('keeps the cells of a table apart', () => {
  expect(plainText('<table><tr><td>S</td><td>90 cm</td></tr></table>')).toBe('S   90 cm');
});

it.each([
  ['a script', '<p>Nice</p><script>alert(1)</script>'],
  ['a style', '<style>p { color: red }</style><p>Nice</p>'],
  ['a picture with a handler', '<img src=x onerror=alert(1)>Nice'],
  ['the address of a link', '<a href="javascript:alert(1)">Nice</a>'],
  ['HTML that was encoded', '&lt;p onclick=&quot;alert(1)&quot;&gt;Nice&lt;/p&gt;'],
  ['HTML that was encoded twice', '&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Nice'],
])('leaves nothing of %s', (_, html) => {
  expect(plainText(html)).toBe('Nice');
});

it('takes a text without tags as it is, with its lines', () => {
  expect(plainText('One\r\nTwo &amp; three\r\n\r\n\r\n\r\nFour <3')).toBe('One\nTwo & three\n\nFour <3');
});

it.each([
  ['HeatTech&trade; Tee', 'HeatTech™ Tee'],
  ['HeatTech&amp;trade; Tee', 'HeatTech™ Tee'],
  ['caf&eacute; &#8212; &#x1F600;', 'café — 😀'],
  ['R&D, AT&T &copyleft', 'R&D, AT&T &copyleft'],
  ['&bogus;', '&bogus;'],
])('decodes the entities of "%s"', (encoded, text) => {
  expect(decodeEntities(encoded)).toBe(text);
});

it('makes one line of a title', () => {
  expect(plainLine('  Logan  Tee\n&nbsp;(V-neck)\u0007 ')).toBe('Logan Tee (V-neck)');
});

it('measures how deep tags stand in each other, not how many there are', () => {
  expect(nestingDepth('<b>x</b>'.repeat(50))).toBe(1);
  expect(nestingDepth('<li>x<br>'.repeat(50))).toBe(0);
  expect(nestingDepth('<div>'.repeat(50))).toBe(50);
});
