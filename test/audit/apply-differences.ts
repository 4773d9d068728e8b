import type { Difference } from '../../src/domains/audit/diff.ts';

type Nested = Record<string, unknown>;

/** What a reader of the audit does to know a record as it was after a change: from the paths alone. */
export function applyDifferences(before: object, differences: Difference[]): object {
  const record = copyOf(before) as Nested;
  // The labels of elements are those of before: what renames an element comes last, and the order after that.
  const places = differences.map((difference) => ({ ...difference, steps: stepsOf(difference.path) }));
  for (const { steps, ...difference } of places) {
    if (!difference.path.endsWith('[]')) put(record, before, steps, difference);
  }
  for (const { path, after, steps } of places) {
    if (path.endsWith('[]')) order(record, before, steps, after as string[]);
  }
  return record;
}

/** Ids and dates stay what they are. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value as Nested).map(([name, inner]) => [name, copyOf(inner)]));
}

/** `a.b["c.d"]` is a, b and c.d. */
export function stepsOf(path: string): string[] {
  const steps = path.replace(/\[\]$/, '').matchAll(/\["((?:\\.|[^"\\])*)"\]|[^.[\]"]+/g);
  return [...steps].map(([whole, quoted]) => (quoted === undefined ? whole : JSON.parse(`"${quoted}"`)));
}

function put(record: Nested, before: object, steps: string[], difference: Difference) {
  const { holder, former } = walk(record, before, steps.slice(0, -1));
  const last = steps.at(-1) ?? '';
  if (!Array.isArray(holder)) {
    if ('after' in difference) define(holder as Nested, last, copyOf(difference.after));
    else delete (holder as Nested)[last];
  } else if (!('after' in difference)) {
    holder.splice(placeOf(holder, former as unknown[], last), 1);
  } else holder.push(copyOf(difference.after));
}

/** An own field, whatever its name. */
const define = (holder: Nested, name: string, value: unknown) =>
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });

function walk(record: unknown, before: unknown, steps: string[]) {
  let holder: unknown = record;
  let former: unknown = before;
  for (const step of steps) {
    if (Array.isArray(holder)) {
      const element = holder[placeOf(holder, former as unknown[], step)];
      former = (former as Nested[]).find((other) => identityOf(other) === identityOf(element));
      holder = element;
    } else {
      holder = (holder as Nested)[step];
      former = (former as Nested)[step];
    }
  }
  return { holder, former };
}

const identityOf = (element: unknown) => String((element as Nested)._id ?? (element as Nested).sku);

/** An element goes by the sku that it had before, where no other has it, and else by its id. */
function placeOf(list: unknown[], former: unknown[], label: string): number {
  const known = former.filter(
    (element) => (element as Nested).sku === label || identityOf(element) === label,
  );
  const identity = known.length > 0 ? identityOf(known[0]) : label;
  return list.findIndex(
    (element) =>
      identityOf(element) === identity || (known.length === 0 && (element as Nested).sku === label),
  );
}

function order(record: Nested, before: object, steps: string[], labels: string[]) {
  const { holder, former } = walk(record, before, steps);
  const list = holder as unknown[];
  const sorted = labels.map((label) => list[placeOf(list, former as unknown[], label)]);
  list.splice(0, list.length, ...sorted);
}
