import type { FormattedExecutionResult } from 'graphql';

const texts = new WeakMap<FormattedExecutionResult, string>();

/** A result as JSON, written once for all who are sent the same. */
export function textOf(result: FormattedExecutionResult): string {
  const known = texts.get(result) ?? JSON.stringify(result);
  texts.set(result, known);
  return known;
}
