import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** A domain may use those before it. Prices need no product and no shop: both carry them, so pricing comes first. */
const DOMAINS = [
  'audit',
  'pricing',
  'tenants',
  'auth',
  'customers',
  'catalogue',
  'inventory',
  'search',
  'promotions',
  'carts',
  'payments',
  'orders',
  'reviews',
  'analytics',
  'webhooks',
  'privacy',
  'warehouse',
  'checks',
];

/** Sources by their path from the project's folder. */
type Sources = Map<string, string>;
/** What breaks a rule, one line each. */
type Rule = (sources: Sources) => string[];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function readSources(...folders: string[]): Sources {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));
}

/** Comments may name what code may not do. A `//` inside a text (an address) is no comment. */
const withoutComments = (source: string) =>
  source.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text) => text ?? '',
  );

type Import = { names: string; from: string; typesOnly: boolean };

function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  const named = code.matchAll(/\b(?:import|export)\s+(type\s+)?([\w\s{},*$]*?)\s*\bfrom\s*(['"])([^'"]+)\3/g);
  const bare = code.matchAll(/\bimport\s*\(?\s*(['"`])([^'"`]+)\1/g);
  return [
    ...[...named].map(([, type, names = '', , from = '']) => ({
      names,
      from,
      typesOnly: type !== undefined,
    })),
    ...[...bare].map(([, , from = '']) => ({ names: '', from, typesOnly: false })),
  ];
}

/** Paths of the project's own files that a file imports. */
const localImports = (path: string, source: string, kind: 'all' | 'loaded' = 'all'): string[] =>
  importsOf(source)
    .filter(({ from, typesOnly }) => from.startsWith('.') && !(kind === 'loaded' && typesOnly))
    .map(({ from }) => posix.join(posix.dirname(path), from));

const breaches = (sources: Sources, check: (path: string, source: string) => string[]): string[] =>
  [...sources].flatMap(([path, source]) => check(path, source).map((what) => `${path}: ${what}`));

const forbidImports =
  (from: RegExp, into: RegExp): Rule =>
  (sources) =>
    breaches(sources, (path, source) =>
      from.test(path)
        ? localImports(path, source)
            .filter((target) => into.test(target))
            .map((target) => `imports ${target}`)
        : [],
    );

/** `servers` starts and configures mongod itself; `backup` copies it whole; migrations change what is stored, for all tenants at once. */
const DATA_LAYER = /^src\/(?:platform\/(?:mongo|servers|backup)|migrations)\//;

const dataAccess: Rule = (sources) =>
  breaches(sources, (path, source) => {
    if (DATA_LAYER.test(path)) return [];
    const driver = importsOf(source)
      .filter(({ from }) => from === 'mongodb')
      .flatMap(({ names }) => names.match(/\b(?:Db|MongoClient|Collection|ClientSession)\b|\*/g) ?? []);
    const raw = withoutComments(source).match(/\.(?:collection|db)\(\s*['"`][^)]*\)/g) ?? [];
    return [...driver.map((name) => `takes ${name} from the driver`), ...raw.map((call) => `calls ${call}`)];
  });

const environment: Rule = (sources) =>
  breaches(sources, (path, source) => {
    if (path === 'src/config.ts') return [];
    return (
      withoutComments(source).match(
        /\bprocess\s*(?:\.|\?\.|\[\s*['"`])\s*env\b|\benv\b[^\n;]*=\s*process\b/g,
      ) ?? []
    );
  }).concat(
    breaches(sources, (_, source) =>
      importsOf(source)
        .filter(({ from, names }) => /^(node:)?process$/.test(from) && /\benv\b/.test(names))
        .map(() => 'imports env'),
    ),
  );

const domainOrder: Rule = (sources) =>
  breaches(sources, (path, source) => {
    const [, own] = path.match(/^src\/domains\/([^/]+)\//) ?? [];
    if (own === undefined) return [];
    if (!DOMAINS.includes(own)) return [`${own} has no place in the order of the domains`];
    return localImports(path, source).flatMap((target) => {
      const [, other] = target.match(/^src\/domains\/([^/]+)\//) ?? [];
      if (other === undefined) return [];
      return DOMAINS.indexOf(other) > DOMAINS.indexOf(own) ? [`${own} may not use ${other} (${target})`] : [];
    });
  });

const cycles: Rule = (sources) => {
  const done = new Set<string>();
  const found: string[] = [];
  function visit(path: string, above: string[]) {
    const start = above.indexOf(path);
    if (start >= 0) found.push([...above.slice(start), path].join(' → '));
    if (done.has(path) || start >= 0) return;
    for (const target of localImports(path, sources.get(path) ?? '', 'loaded')) {
      if (sources.has(target)) visit(target, [...above, path]);
    }
    done.add(path);
  }
  for (const path of sources.keys()) visit(path, []);
  return found;
};

/** What puts the API together; `context.ts` is what it hands down. */
const ABOVE = /^src\/(?:app|main|worker|request-context)\.ts$/;

const RULES: [string, Rule, broken: Record<string, string>][] = [
  [
    'only the data layer takes collections from the driver',
    dataAccess,
    {
      'src/a.ts': "import { type Db, ObjectId } from 'mongodb';",
      'src/b.ts': "import {\n  MongoClient,\n  ObjectId,\n} from 'mongodb';",
      'src/c.ts': "db.collection('products').find()",
      'src/d.ts': 'client.db(`souk`)',
      'src/e.ts': "import * as mongodb from 'mongodb';",
      'scripts/f.ts': "const rows = raw.collection(\n  'products',\n)",
      'src/g.ts': "export { Collection } from 'mongodb';",
    },
  ],
  [
    'the platform knows no domain',
    forbidImports(/^src\/platform\//, /^src\/(?:domains|demo)\//),
    {
      'src/platform/x.ts': "import { products } from '../domains/catalogue/collections.ts';",
      'src/platform/mongo/y.ts': "export * from '../../demo/shop.ts';",
      'src/platform/mongo/z.ts': "await import('../../domains/registry.ts')",
    },
  ],
  [
    'nothing calls back up to what puts the API together',
    forbidImports(/^src\/(?:platform|domains|demo|migrations)\//, ABOVE),
    {
      'src/platform/x.ts': "import type { App } from '../app.ts';",
      'src/domains/carts/carts.ts': "import '../../main.ts';",
    },
  ],
  [
    'the environment is read in src/config.ts alone',
    environment,
    {
      'src/a.ts': 'const port = process.env.PORT;',
      'src/b.ts': "const port = process['env'].PORT;",
      'src/c.ts': 'const { env } = process;',
      'src/d.ts': "import { env } from 'node:process';",
      'scripts/e.ts': 'run({ env: process.env })',
    },
  ],
  [
    'a domain uses those before it',
    domainOrder,
    {
      'src/domains/tenants/x.ts': "import { orders } from '../orders/collections.ts';",
      'src/domains/pricing/y.ts': "import type { Product } from '../catalogue/documents.ts';",
      'src/domains/surprises/z.ts': '',
    },
  ],
  [
    'no files load each other in a circle',
    cycles,
    {
      'src/a.ts': "import { b } from './b.ts';",
      'src/b.ts': "import { type C } from './c/c.ts';",
      'src/c/c.ts': "export { a } from '../a.ts';",
    },
  ],
];

describe.each(RULES)('%s', (_, rule, broken) => {
  it('in this project', () => {
    expect(rule(readSources('src', 'scripts'))).toEqual([]);
  });

  it('and the rule finds who breaks it', () => {
    const found = rule(new Map(Object.entries(broken))).join('\n');
    const named = rule === cycles ? Object.keys(broken).slice(0, 1) : Object.keys(broken);
    for (const path of named) expect(found).toContain(path);
  });

  it('and not who only speaks of it', () => {
    const innocent = new Map([
      ['src/platform/a.ts', "// import { x } from '../app.ts'; process.env.PORT\n/* .collection('x') */"],
      ['src/b.ts', "const where = 'http://x'; // process.env\ndb.collection(products); db.collection(name);"],
      ['src/config.ts', 'readConfig(process.env)'],
      [
        'src/domains/orders/c.ts',
        "import { type ObjectId } from 'mongodb';\nimport '../tenants/tenants.ts';",
      ],
      ['src/domains/tenants/tenants.ts', "import type { C } from '../../platform/types.ts';"],
      ['src/platform/types.ts', "import { d } from './d.ts';"],
      ['src/platform/d.ts', "import type { C } from './types.ts';"],
    ]);
    expect(rule(innocent)).toEqual([]);
  });
});

it('is told in docs/architecture.md in its order of domains', () => {
  const [, list = ''] = readFileSync(join(root, 'docs/architecture.md'), 'utf8').split('## Domains');
  const [table = ''] = list.split('\n## ');
  expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)).toEqual(DOMAINS);
});

it('has a folder for each domain', () => {
  const folders = readdirSync(join(root, 'src/domains'), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(names.sort()).toEqual([...DOMAINS].sort());
});
