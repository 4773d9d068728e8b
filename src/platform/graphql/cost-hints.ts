import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNullableType,
  isLeafType,
  isListType,
  Kind,
} from 'graphql';
import { WEIGHTS } from '../limits/limits.ts';

type Field = GraphQLField<unknown, unknown>;
type Weighed = { astNode?: { directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined };

const PAGE_ARGUMENTS = ['first', 'last'];

/** What the schema says about the cost of a field, or what follows from its kind. */
export type FieldCost = {
  weight: number;
  /** By the name of an argument: what the field costs more when that is given. */
  argumentWeights: [name: string, weight: number][];
  isList: boolean;
  /** The first of these arguments that is given says how many it answers: a number, or a list of so many. */
  sizedBy: string[];
  /** How many where no argument says so. */
  assumed: number | undefined;
};

export function fieldCost(schema: GraphQLSchema, parent: GraphQLNamedType, field: Field): FieldCost {
  const listSize = directiveOf(field, 'listSize');
  return {
    weight: weightOf(field) ?? usualWeight(schema, parent),
    argumentWeights: field.args.flatMap((argument) => {
      const weight = weightOf(argument);
      return weight === undefined ? [] : [[argument.name, weight]];
    }),
    isList: isListType(getNullableType(field.type)),
    sizedBy: textsIn(listSize.get('slicingArguments')) ?? pageArguments(field),
    assumed: numberIn(listSize.get('assumedSize')),
  };
}

const usualWeight = (schema: GraphQLSchema, parent: GraphQLNamedType): number => {
  if (parent === schema.getMutationType()) return WEIGHTS.mutation;
  return parent === schema.getQueryType() ? WEIGHTS.query : 0;
};

const pageArguments = ({ args }: Field) =>
  PAGE_ARGUMENTS.filter((name) => args.some((argument) => argument.name === name));

/** What one object of a type costs. */
export function objectCost(type: GraphQLNamedType): number {
  if (isLeafType(type)) return 0;
  const isPart = 'getFields' in type && !('id' in type.getFields());
  return weightOf(type) ?? (isPart ? 0 : WEIGHTS.record);
}

function weightOf(node: Weighed): number | undefined {
  return numberIn(directiveOf(node, 'cost').get('weight'));
}

function directiveOf({ astNode }: Weighed, name: string): Map<string, ConstValueNode> {
  const directive = astNode?.directives?.find((one) => one.name.value === name);
  return new Map((directive?.arguments ?? []).map((argument) => [argument.name.value, argument.value]));
}

const numberIn = (value: ConstValueNode | undefined) =>
  value && 'value' in value ? Number(value.value) : undefined;

const textsIn = (value: ConstValueNode | undefined) =>
  value?.kind === Kind.LIST
    ? value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []))
    : undefined;
