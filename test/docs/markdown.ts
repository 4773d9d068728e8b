import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readHere = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

/** `lang` is the first word behind the fence, `info` what follows it. */
export type Block = { page: string; line: number; lang: string; info: string; text: string };

/** README and all of docs, by their path from the root. */
export const pages: string[] = [
  'README.md',
  ...readdirSync(`${root}/docs`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`)
    .sort(),
];

const FENCE = /^```(\S*)[ \t]*(.*)\n([\s\S]*?)^```$/gm;

export function blocksOf(page: string): Block[] {
  const text = readHere(page);
  return [...text.matchAll(FENCE)].map(({ 1: lang = '', 2: info = '', 3: body = '', index }) => ({
    ...{ page, lang, info, text: body },
    line: lineAt(text, index) + 1,
  }));
}

/** What is told outside of blocks of code; lines stay where they are. */
export const proseOf = (page: string) =>
  readHere(page).replace(FENCE, (block) => block.replaceAll(/[^\n]/g, ' '));

export const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;

/** The addresses of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = proseOf(page).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => slug(heading)));
}

const slug = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

export type Link = { page: string; line: number; target: string };

export function linksOf(page: string): Link[] {
  const text = proseOf(page);
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(({ 1: target = '', index }) => ({
    ...{ page, target },
    line: lineAt(text, index),
  }));
}
