import { type ASTNode, GraphQLError, Kind, type ValidationRule } from 'graphql';
import { AppError } from '../errors.ts';
import { LIMITS } from '../limits/limits.ts';

/** What is wrong with a value, and where in it: 'input.tags'. */
type Fault = { message: string; extensions: { argument: string } & Record<string, unknown> };

const longList = (argument: string, found: number): Fault => ({
  message: `A list may have up to ${LIMITS.listItems} values; ${argument} has ${found}`,
  extensions: { argument, limit: LIMITS.listItems, found },
});

const deepValue = (argument: string): Fault => ({
  message: `A value may have up to ${LIMITS.nesting} levels; ${argument} has more`,
  extensions: { argument, limit: LIMITS.nesting },
});

const strangeKey = (argument: string, key: string): Fault => ({
  message: `A key does not begin with $, has no dot and is not __proto__, as ${JSON.stringify(key)} in ${argument}`,
  extensions: { argument },
});

/** Of the values that stand in the operation itself. */
export const inputLimits: ValidationRule = (context) => {
  const report = (node: ASTNode, { message, extensions }: Fault) =>
    context.reportError(new GraphQLError(message, { nodes: node, extensions }));
  const checkLevel = (node: ASTNode, above: ASTNode[]) => {
    if (levelsAbove(above) === LIMITS.nesting) report(node, deepValue(placeOf(above)));
  };
  return {
    ListValue: (node, _key, parent, _path, ancestors) => {
      const above = nodesOf([...ancestors, parent]);
      checkLevel(node, above);
      const found = node.values.length;
      if (found > LIMITS.listItems) report(node, longList(placeOf(above), found));
    },
    ObjectValue: (node, _key, parent, _path, ancestors) => {
      const above = nodesOf([...ancestors, parent]);
      checkLevel(node, above);
      const strange = node.fields.find(({ name }) => isStrange(name.value));
      if (strange) report(strange, strangeKey(placeOf(above), strange.name.value));
    },
  };
};

const nodesOf = (ancestors: readonly (ASTNode | readonly ASTNode[] | undefined)[]) =>
  ancestors.filter((node): node is ASTNode => node !== undefined && 'kind' in node);

function placeOf(above: ASTNode[]): string {
  const names = above.flatMap((node) => {
    if (node.kind === Kind.VARIABLE_DEFINITION) return [`$${node.variable.name.value}`];
    return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : [];
  });
  return names.join('.');
}

const levelsAbove = (above: ASTNode[]) =>
  above.filter(({ kind }) => kind === Kind.LIST || kind === Kind.OBJECT).length;

/** Of the variables of one request; throws BAD_USER_INPUT. */
export function checkVariables(variables: Record<string, unknown>): void {
  const path: string[] = [];
  const placed = (fault: (place: string) => Fault) => {
    const { message, extensions } = fault(path.join('.'));
    return new AppError('BAD_USER_INPUT', message, extensions);
  };
  const check = (value: unknown, key: string) => {
    if (typeof value !== 'object' || value === null) return;
    path.push(key);
    if (path.length > LIMITS.nesting) throw placed(deepValue);
    if (Array.isArray(value)) {
      if (value.length > LIMITS.listItems) throw placed((place) => longList(place, value.length));
      for (const [index, item] of value.entries()) check(item, String(index));
    } else {
      const strange = Object.keys(value).find(isStrange);
      if (strange !== undefined) throw placed((place) => strangeKey(place, strange));
      for (const [name, inner] of Object.entries(value)) check(inner, name);
    }
    path.pop();
  };
  for (const [name, value] of Object.entries(variables)) check(value, name);
}

/** Keys that a database or an object could take for more than a name. */
const isStrange = (key: string) => key === '__proto__' || /^\$|[.\0]/.test(key);
