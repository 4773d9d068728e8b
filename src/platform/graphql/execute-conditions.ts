import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  visit,
} from 'graphql';

type Values = Record<string, unknown>;

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

/** The names of the variables that @skip and @include go by. */
export function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? directive.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** One text for each set of choices; undefined where one of them is no choice, which graphql-js words best. */
export function conditionKey(names: string[], values: Values): string | undefined {
  let key = '';
  for (const name of names) {
    const value = values[name];
    if (typeof value !== 'boolean') return undefined;
    key += value ? '1' : '0';
  }
  return key;
}

/** The document that these values leave: without what they drop, and without a condition. */
export function withoutConditions(document: DocumentNode, values: Values): DocumentNode {
  const decide = <N extends FieldNode | InlineFragmentNode | FragmentSpreadNode>(node: N) => {
    const conditions = (node.directives ?? []).filter(isCondition);
    if (conditions.length === 0) return undefined;
    if (!conditions.every((condition) => holds(condition, values))) return null;
    const directives = (node.directives ?? []).filter((directive) => !isCondition(directive));
    return { ...node, directives };
  };
  return visit(document, { Field: decide, InlineFragment: decide, FragmentSpread: decide });
}

function holds({ name, arguments: [argument] = [] }: DirectiveNode, values: Values): boolean {
  const value = argument?.value;
  const given =
    value?.kind === Kind.VARIABLE ? values[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
  return given === (name.value === 'include');
}
