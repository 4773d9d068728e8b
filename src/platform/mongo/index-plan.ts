import type { Document, IndexDescription } from 'mongodb';

/** An index as mongod lists it. */
export type ExistingIndex = Document & { name: string; key: Record<string, unknown> };

/** What has to be done for one declared index; `differences` say how the one that is there is otherwise. */
export type IndexStep =
  | { action: 'build'; index: IndexDescription }
  /** MongoDB changes it in place. */
  | { action: 'alter'; index: IndexDescription; existing: string; differences: string[]; change: Document }
  /** Both may stand side by side: the new one is built before the old one goes. */
  | { action: 'replace'; index: IndexDescription; existing: string; differences: string[]; as: string }
  /** MongoDB allows one of the two: a moment without is for people to choose. */
  | { action: 'blocked'; index: IndexDescription; existing: string; differences: string[] };

export type IndexPlan = { steps: IndexStep[]; extra: ExistingIndex[] };

/** Compares the declared indexes of a collection with those it has. */
export function planIndexes(declared: IndexDescription[], existing: ExistingIndex[]): IndexPlan {
  const unmatched = new Set(existing.filter(({ name }) => name !== '_id_'));
  const steps: IndexStep[] = [];
  const others = declared.filter((index) => {
    const same = [...unmatched].find((candidate) => isSame(index, candidate));
    if (!same) return true;
    unmatched.delete(same);
    steps.push(...settingsStep(index, same));
    return false;
  });
  for (const index of others) {
    const rival = [...unmatched].find((candidate) => isRival(index, candidate));
    if (rival) unmatched.delete(rival);
    steps.push(rival ? rivalStep(index, rival, existing) : { action: 'build', index });
  }
  return { steps, extra: [...unmatched] };
}

/** The same to MongoDB: it refuses a second index like it, whatever its name. */
const isSame = (declared: IndexDescription, existing: ExistingIndex) =>
  PROPERTIES.every(({ of }) => of(declared) === of(existing));

/** Stands where the declared one should: by its name, its key, or as the one text index of the collection. */
const isRival = (declared: IndexDescription, existing: ExistingIndex) =>
  existing.name === declared.name ||
  keyOf(existing) === keyOf(declared) ||
  (isText(existing) && isText(declared));

function rivalStep(index: IndexDescription, rival: ExistingIndex, all: ExistingIndex[]): IndexStep {
  const found = { index, existing: rival.name, differences: differencesOf(index, rival) };
  if (isText(index) && isText(rival)) return { action: 'blocked', ...found };
  return { action: 'replace', ...found, as: freeName(index.name ?? '', all) };
}

/** An index cannot be renamed, so the new one keeps the name that it was built under. */
function freeName(name: string, existing: ExistingIndex[]): string {
  const taken = new Set(existing.map((index) => index.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}_${number}`)) return `${name}_${number}`;
}

/** What mongod can change in place about an index that is otherwise the same. */
function settingsStep(index: IndexDescription, existing: ExistingIndex): IndexStep[] {
  const { expireAfterSeconds: seconds } = index;
  const found = { index, existing: existing.name };
  const expires = `expires after ${existing.expireAfterSeconds} s, declared ${seconds ?? 'never'}`;
  if (existing.expireAfterSeconds !== undefined && seconds === undefined) {
    return [{ action: 'blocked', ...found, differences: [expires] }];
  }
  const change: Document = {};
  const differences: string[] = [];
  if (existing.expireAfterSeconds !== seconds) {
    change.expireAfterSeconds = seconds;
    differences.push(expires);
  }
  if (existing.hidden) {
    change.hidden = false;
    differences.push('is hidden');
  }
  return differences.length === 0 ? [] : [{ action: 'alter', ...found, differences, change }];
}

type AnyIndex = IndexDescription | ExistingIndex;

/** All that makes one index another to MongoDB, as text that can be compared and shown. */
const PROPERTIES: { name: string; of: (index: AnyIndex) => string }[] = [
  { name: 'key', of: keyOf },
  { name: 'unique', of: ({ unique }) => String(unique ?? false) },
  { name: 'sparse', of: ({ sparse }) => String(sparse ?? false) },
  { name: 'partialFilterExpression', of: (index) => canonical(index.partialFilterExpression) },
  { name: 'collation', of: (index) => canonical(wholeCollation(index.collation)) },
  { name: 'weights', of: (index) => canonical(weightsOf(index)) },
  { name: 'default_language', of: (index) => (isText(index) ? (index.default_language ?? 'english') : '') },
  {
    name: 'language_override',
    of: (index) => (isText(index) ? (index.language_override ?? 'language') : ''),
  },
];

const differencesOf = (declared: IndexDescription, existing: ExistingIndex): string[] =>
  PROPERTIES.filter(({ of }) => of(declared) !== of(existing)).map(
    ({ name, of }) => `${name} is ${of(existing)}, declared ${of(declared)}`,
  );

const keyEntries = (index: AnyIndex): [string, unknown][] =>
  index.key instanceof Map ? [...index.key] : Object.entries(index.key);

/** mongod lists all the text fields of an index as _fts and _ftsx, and their names with their weights. */
export function keyOf(index: AnyIndex): string {
  const entries = keyEntries(index).filter(([path]) => path !== '_ftsx');
  const shown = entries.map(([path, order]) => (order === 'text' ? 'text' : `${path}: ${order}`));
  return `{ ${[...new Set(shown)].join(', ')} }`;
}

const isText = (index: AnyIndex) => keyEntries(index).some(([, order]) => order === 'text');

const weightsOf = (index: AnyIndex): Document => ({
  ...Object.fromEntries(
    keyEntries(index)
      .filter(([path, order]) => order === 'text' && path !== '_fts')
      .map(([path]) => [path, 1]),
  ),
  ...(isText(index) && index.weights),
});

/** What mongod adds to a collation of which only a part is declared. */
const COLLATION_DEFAULTS = {
  caseLevel: false,
  caseFirst: 'off',
  strength: 3,
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
};

function wholeCollation(collation: Document | undefined): Document | undefined {
  if (!collation || collation.locale === 'simple') return undefined;
  const { version, ...rest } = collation;
  return { ...COLLATION_DEFAULTS, ...rest };
}

/** The order of fields means nothing in filters, weights, validators and collations. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'none';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date)
    return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** "{ tenantId: 1, sku: 1 } unique", for people. */
export function describeIndex(index: AnyIndex): string {
  const marks = [
    index.unique && 'unique',
    index.sparse && 'sparse',
    index.partialFilterExpression && `where ${canonical(index.partialFilterExpression)}`,
    isText(index) && `on ${canonical(weightsOf(index))}`,
    index.expireAfterSeconds !== undefined && `expiring after ${index.expireAfterSeconds} s`,
    index.collation && `collation ${index.collation.locale}`,
  ];
  return [keyOf(index), ...marks.filter(Boolean)].join(' ');
}
