import { type GraphQLLeafType, getArgumentValues } from 'graphql';

type Values = Record<string, unknown>;

/** A field with arguments, as graphql-js reads them. */
export type ArgumentSource = Parameters<typeof getArgumentValues>;
export type FieldWithArguments = { def: ArgumentSource[0]; node: ArgumentSource[1] };

/** Thrown where the answer would have an error: the whole query is then left to graphql-js, which words it. */
const leftToGraphql = new Error('This query is left to graphql-js');

export const leave = (): never => {
  throw leftToGraphql;
};

/** No field changes the arguments that it is given. */
export const noArguments = Object.freeze({});

/** One run of a compiled query: what its fields are given, and which of them are still awaited. */
export class Execution {
  readonly context: unknown;
  readonly variables: Values;
  /** By the number of the field; the same for each object that has the field. */
  readonly read: (Values | undefined)[] = [];
  readonly #fields: readonly FieldWithArguments[];
  #awaited = 0;
  #left = false;
  #end: (complete: boolean) => void = () => {};

  constructor(context: unknown, variables: Values, fields: readonly FieldWithArguments[]) {
    this.context = context;
    this.variables = variables;
    this.#fields = fields;
  }

  readArguments(index: number): Values {
    const field = this.#fields[index];
    if (!field) return leave();
    const values = getArgumentValues(field.def, field.node, this.variables);
    this.read[index] = values;
    return values;
  }

  /** Goes on with what a promise comes to. */
  wait(promise: PromiseLike<unknown>, goOn: (value: unknown) => void): void {
    this.#awaited += 1;
    promise.then(
      (value) => this.#settle(() => goOn(value)),
      () => this.#settle(leave),
    );
  }

  #settle(goOn: () => void) {
    if (this.#left) return;
    try {
      goOn();
    } catch {
      this.#left = true;
      this.#end(false);
      return;
    }
    this.#awaited -= 1;
    if (this.#awaited === 0) this.#end(true);
  }

  /** Whether every field has its value; a promise only where some are still awaited. */
  completed(): boolean | Promise<boolean> {
    if (this.#awaited === 0) return true;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }
}

/** The value of a leaf that is not plainly of its type. */
export function leaf(value: unknown, type: GraphQLLeafType): unknown {
  if (typeof value === 'function' || (typeof value === 'object' && isOdd(value))) return leave();
  return type.serialize(value) ?? leave();
}

const isOdd = (value: object | null) =>
  value instanceof Error || typeof (value as PromiseLike<unknown> | null)?.then === 'function';

/** The items of a list, as an array. */
export function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return leave();
  return Array.from(value as Iterable<unknown>);
}
