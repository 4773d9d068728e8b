import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { anchorsOf, blocksOf, type Link, linksOf, pages, readHere, root } from './markdown.ts';

const links = pages.flatMap(linksOf);

/** What is wrong with a link within this repository; null when nothing is. */
function faultOf({ page, line, target }: Link): string | null {
  if (/^[a-z]+:/.test(target)) return null;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, file))) return `${page}:${line} leads to ${file}, which is not there`;
  if (anchor === undefined || anchorsOf(file).has(anchor)) return null;
  return `${page}:${line} leads to #${anchor}, which is no heading of ${file}`;
}

it('leads to files and headings that are there', () => {
  expect(links.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  expect(links.length).toBeGreaterThan(50);
});

it('names each page of docs in README', () => {
  const named = linksOf('README.md').map(({ target }) => target);
  expect(pages.filter((page) => page.startsWith('docs/') && !named.includes(page))).toEqual([]);
});

/** Blocks that say whose text they show, as in "```ts examples/fetch/client.ts". */
const shown = pages.flatMap(blocksOf).filter(({ info }) => info.startsWith('examples/'));

it.each(shown)('shows $info as it is, in $page', ({ info, text }) => {
  expect(text).toBe(readHere(info));
});

it('shows every example', () => {
  const named = new Set(pages.map(readHere).flatMap((text) => text.match(/examples\/[\w/.-]+\.\w+/g) ?? []));
  const files = readdirSync(`${root}/examples`, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .map((path) => `examples/${path}`);
  expect(files.filter((file) => !named.has(file))).toEqual([]);
});
