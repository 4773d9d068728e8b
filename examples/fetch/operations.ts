import { readFileSync } from 'node:fs';

const read = (name: string) =>
  readFileSync(new URL(`../operations/${name}.graphql`, import.meta.url), 'utf8');

const fragments = Object.fromEntries(
  read('fragments')
    .split(/(?=^fragment )/m)
    .map((text) => [/^fragment (\w+)/.exec(text)?.[1], text]),
);

/** The text of an operation with the fragments that it uses; a bundler does that in a page. */
export function operation(name: string): string {
  const used = new Map<string, string>();
  const add = (text: string) => {
    for (const [, fragment = ''] of text.matchAll(/\.\.\.(\w+)/g)) {
      const found = fragments[fragment];
      if (!found || used.has(fragment)) continue;
      used.set(fragment, found);
      add(found);
    }
  };
  const text = read(name);
  add(text);
  return [text, ...used.values()].join('\n');
}
