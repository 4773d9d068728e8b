import { globSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { type ParserPlugin, parse } from '@babel/parser';
import { Source } from 'graphql';
import { UsageError } from './usage-error.ts';

/** A GraphQL document as it stands in client code. Values put into it are blanks here, and begin at `gaps`. */
export type ClientSource = { source: Source; gaps: number[] };

const DOCUMENTS = ['.graphql', '.gql'];
const CODE: Record<string, ParserPlugin[]> = {
  '.ts': ['typescript', 'decorators'],
  '.mts': ['typescript', 'decorators'],
  '.cts': ['typescript', 'decorators'],
  '.tsx': ['typescript', 'jsx', 'decorators'],
  '.js': ['jsx', 'decorators'],
  '.mjs': ['jsx', 'decorators'],
  '.cjs': ['jsx', 'decorators'],
  '.jsx': ['jsx', 'decorators'],
};
const INSIDE = `**/*{${[...DOCUMENTS, ...Object.keys(CODE)].join()}}`;

/** The files that are meant: files, folders with all that is in them, and patterns that the shell left as they are. */
export function clientFiles(named: readonly string[]): string[] {
  const files = named.flatMap((name) => {
    const stats = statSync(name, { throwIfNoEntry: false });
    if (stats?.isFile()) return [name];
    const pattern = stats?.isDirectory() ? `${name.replace(/\/$/, '')}/${INSIDE}` : name;
    const found = globSync(pattern, { exclude: (path) => path.split('/').includes('node_modules') });
    if (found.length === 0) throw new UsageError(`There is no file ${name}`);
    return found;
  });
  return [...new Set(files)].toSorted();
}

/** The documents in one file: the file itself, or what its gql`…` and graphql(`…`) hold. */
export function clientSources(file: string): ClientSource[] {
  const extension = extname(file);
  const text = readFileSync(file, 'utf8');
  if (DOCUMENTS.includes(extension)) return [{ source: new Source(text, file), gaps: [] }];
  const plugins = CODE[extension];
  if (!plugins) {
    throw new UsageError(`${file} is none of ${[...DOCUMENTS, ...Object.keys(CODE), '.json'].join(' ')}`);
  }
  return templatesIn(parsed(text, file, plugins)).map((node) => sourceOf(node, text, file));
}

function parsed(text: string, file: string, plugins: ParserPlugin[]): unknown {
  try {
    return parse(text, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, plugins }).program;
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    throw new UsageError(`${file}:${loc?.line ?? 1}: ${message.replace(/ \(\d+:\d+\)$/, '')}`);
  }
}

const TAGS = ['gql', 'graphql'];

type Node = {
  type: string;
  start: number;
  end: number;
  loc: { start: { line: number; column: number } };
  leadingComments?: { value: string }[];
  [part: string]: unknown;
};
type Template = Node & { quasis: { value: { raw: string; cooked: string | null } }[]; expressions: Node[] };

const isNode = (part: unknown): part is Node =>
  typeof part === 'object' && part !== null && typeof (part as Node).type === 'string';

const isTag = (node: unknown) => isNode(node) && TAGS.includes(String(node.name));

/** gql`…`, gql(`…`), graphql(`…`) and what a comment says is GraphQL. */
function templatesIn(part: unknown): Node[] {
  if (Array.isArray(part)) return part.flatMap(templatesIn);
  if (!isNode(part)) return [];
  const { type, tag, quasi, callee, arguments: values } = part;
  if (type === 'TaggedTemplateExpression' && isTag(tag) && isNode(quasi)) return [quasi];
  if (type === 'CallExpression' && isTag(callee) && Array.isArray(values) && isText(values[0])) {
    return [values[0], ...templatesIn(values.slice(1))];
  }
  if (isText(part) && part.leadingComments?.some(({ value }) => value.trim() === 'GraphQL')) return [part];
  return Object.entries(part).flatMap(([name, value]) => (name === 'loc' ? [] : templatesIn(value)));
}

const isText = (node: unknown): node is Node =>
  isNode(node) && (node.type === 'TemplateLiteral' || node.type === 'StringLiteral');

/** The text between the quotes, at the place where it stands. */
function sourceOf(node: Node, text: string, file: string): ClientSource {
  const { line, column } = node.loc.start;
  const at = { line, column: column + 2 };
  if (node.type === 'StringLiteral') return { source: new Source(String(node.value), file, at), gaps: [] };
  const { quasis, expressions } = node as Template;
  const blanks = expressions.map(({ start, end }) => text.slice(start, end).replace(/[^\n]/g, ' '));
  const gaps: number[] = [];
  let body = '';
  quasis.forEach(({ value: { raw, cooked } }, i) => {
    body += cooked ?? raw;
    if (i === blanks.length) return;
    gaps.push(body.length);
    body += `  ${blanks[i]} `;
  });
  return { source: new Source(body, file, at), gaps };
}
