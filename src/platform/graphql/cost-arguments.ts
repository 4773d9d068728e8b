import {
  type FieldNode,
  type GraphQLField,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

export type Variables = Record<string, unknown>;

/** The value of an argument as far as its cost goes: a number, a list, or whether it is given at all. */
export type ReadArgument = (name: string, variables: Variables) => unknown;

/** What variables are that a request does not give. */
export const variableDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/** Reads arguments before they are checked: what cannot be used is refused later. */
export function argumentReader(operation: OperationDefinitionNode) {
  const defaults = variableDefaults(operation);
  const valueIn = (node: ValueNode | undefined, variables: Variables): unknown => {
    if (node?.kind !== Kind.VARIABLE) return node && valueFromASTUntyped(node, variables);
    const name = node.name.value;
    return Object.hasOwn(variables, name) ? variables[name] : defaults[name];
  };

  /** Fields that are merged into one have the same arguments. */
  return ({ args }: GraphQLField<unknown, unknown>, [node]: FieldNode[]): ReadArgument => {
    const given = new Map(node?.arguments?.map((argument) => [argument.name.value, argument.value]));
    const usual = new Map(args.map(({ name, defaultValue }) => [name, defaultValue]));
    return (name, variables) => {
      const value = valueIn(given.get(name), variables);
      return value === undefined ? usual.get(name) : value;
    };
  };
}
