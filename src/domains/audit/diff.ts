import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './collections.ts';
import { isSecretName, mask } from './secrets.ts';

export type Difference = Pick<FieldChange, 'path' | 'before' | 'after'>;

/**
 * The fields that differ, by the way to them: `pricing.basePrice`, and for elements with an id or a sku
 * `variants.MUG-1.inventory.quantity`. `variants[]` is the order of such elements, told where the elements alone do
 * not tell it. Other lists differ as a whole. Values under the name of a secret are masked.
 */
export const differencesOf = (before: object, after: object, skipped: ReadonlySet<string> = new Set()) => [
  ...differences({ path: '', before, after, secret: false }, skipped),
];

/** Two values that stand at the same place of two documents. */
type Pair = { path: string; before: unknown; after: unknown; secret: boolean };

function* differences(pair: Pair, skipped: ReadonlySet<string>): Generator<Difference> {
  const { path, before, after, secret } = pair;
  if (skipped.has(path)) return;
  const parts = secret ? undefined : partsOf(pair);
  if (parts) for (const part of parts) yield* differences(part, skipped);
  else if (!isSame(before, after)) {
    const show = secret ? mask : (value: unknown) => value;
    yield {
      path,
      ...(before !== undefined && { before: show(before) }),
      ...(after !== undefined && { after: show(after) }),
    };
  }
}

/** What is looked at one by one; undefined where the values differ as a whole. */
function partsOf({ path, before, after }: Pair): Pair[] | undefined {
  if (isNested(before) && isNested(after)) return fieldsOf(path, before, after);
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const elements = elementsOf(before, after);
  return elements && [...elementPairs(path, elements), orderPair(path, elements)];
}

type Nested = Record<string, unknown>;

const isNested = (value: unknown): value is Nested =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !ArrayBuffer.isView(value) &&
  !('_bsontype' in value);

/** A nested document with another `_id` is another one: it is replaced as a whole. */
function fieldsOf(path: string, before: Nested, after: Nested): Pair[] | undefined {
  if (path !== '' && !isSame(before._id, after._id)) return undefined;
  return namesOf(before, after).map((name) => ({
    path: path + stepTo(name, path === ''),
    before: fieldOf(before, name),
    after: fieldOf(after, name),
    secret: isSecretName(name),
  }));
}

const namesOf = (before: Nested, after: Nested) => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
];

/** Not what the name means on every object, such as `constructor`. */
const fieldOf = (nested: Nested, name: string) => (Object.hasOwn(nested, name) ? nested[name] : undefined);

/** `.name`, or `["a name"]` where it would not be read back as one. */
function stepTo(name: string, first = false): string {
  if (name === '' || /[.[\]"]/.test(name)) return `[${JSON.stringify(name)}]`;
  return first ? name : `.${name}`;
}

type Element = { label: string; before?: Nested; after?: Nested };

/** Elements that can be told apart, in their order before and after. */
type Elements = { all: Element[]; before: Element[]; after: Element[] };

/** Undefined for lists whose elements cannot all be told apart. */
function elementsOf(before: unknown[], after: unknown[]): Elements | undefined {
  const byIdentity = new Map<string, Omit<Element, 'label'>>();
  for (const [side, list] of [['before', before] as const, ['after', after] as const]) {
    for (const value of list) {
      const identity = identityOf(value);
      const known = identity === undefined ? undefined : (byIdentity.get(identity) ?? {});
      if (identity === undefined || !known || known[side]) return undefined;
      byIdentity.set(identity, { ...known, [side]: value });
    }
  }
  const all = labelled(byIdentity);
  if (!all || all.length === 0) return undefined;
  const ordered = (side: 'before' | 'after', list: unknown[]) => {
    const places = new Map(list.map((value, place) => [value, place]));
    const there = all.filter((element) => element[side]);
    return there.sort((a, b) => (places.get(a[side]) ?? 0) - (places.get(b[side]) ?? 0));
  };
  return { all, before: ordered('before', before), after: ordered('after', after) };
}

function identityOf(value: unknown): string | undefined {
  if (!isNested(value)) return undefined;
  if (value._id !== undefined) return String(value._id);
  return typeof value.sku === 'string' ? value.sku : undefined;
}

/** People know an element by its sku, as it was before; where that is not one element's alone, by its id. */
function labelled(byIdentity: Map<string, Omit<Element, 'label'>>): Element[] | undefined {
  const skuOf = ({ before, after }: Omit<Element, 'label'>) => (before ?? after)?.sku;
  const times = new Map<unknown, number>();
  for (const element of byIdentity.values()) {
    const sku = skuOf(element);
    times.set(sku, (times.get(sku) ?? 0) + 1);
  }
  const elements = [...byIdentity].map(([identity, element]) => {
    const sku = skuOf(element);
    return { label: typeof sku === 'string' && times.get(sku) === 1 ? sku : identity, ...element };
  });
  const distinct = new Set(elements.map(({ label }) => label));
  return distinct.size === elements.length ? elements : undefined;
}

const elementPairs = (path: string, { all }: Elements): Pair[] =>
  all.map(({ label, before, after }) => ({ path: path + stepTo(label), before, after, secret: false }));

/** Without a word about it, those that stay keep their order and new ones come last. */
function orderPair(path: string, { before, after }: Elements): Pair {
  const stay = before.filter(({ after }) => after);
  const fresh = after.filter(({ before }) => !before);
  const told = ![...stay, ...fresh].every((element, place) => element === after[place]);
  const labels = (elements: Element[]) => (told ? elements.map(({ label }) => label) : undefined);
  return { path: `${path}[]`, before: labels(before), after: labels(after), secret: false };
}

/** What MongoDB stores is the same: the order of fields, prototypes and absent values make no difference. */
function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((value, place) => isSame(value, after[place]));
  if (isNested(before) && isNested(after))
    return namesOf(before, after).every((name) => isSame(fieldOf(before, name), fieldOf(after, name)));
  return isDeepStrictEqual(before, after);
}
