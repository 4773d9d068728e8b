import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
} from 'graphql';
import { WEIGHTS } from '../limits/limits.ts';

type Field = GraphQLField<unknown, unknown>;
type Weighed = {
  name: string;
  astNode?: { directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
};

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

export type CostHints = {
  ofField: (field: Field) => FieldCost;
  /** What one object of a type costs. */
  ofObject: (type: GraphQLNamedType) => number;
};

/** Reads all hints of a schema; throws on one that is none, for a cost that is no number limits nothing. */
export function costHints(schema: GraphQLSchema): CostHints {
  const fields = new Map<Field, FieldCost>();
  const objects = new Map<GraphQLNamedType, number>();
  for (const type of Object.values(schema.getTypeMap())) {
    objects.set(type, objectCost(type));
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) fields.set(field, fieldCost(schema, type, field));
  }
  return {
    ofField: (field) => fields.get(field) ?? unknownField(field),
    ofObject: (type) => objects.get(type) ?? 0,
  };
}

const unknownField = ({ name }: Field): never => {
  throw new Error(`The field ${name} is of another schema`);
};

function fieldCost(schema: GraphQLSchema, parent: GraphQLNamedType, field: Field): FieldCost {
  const listSize = directiveOf(field, 'listSize');
  return {
    weight: weightOf(field) ?? usualWeight(schema, parent),
    argumentWeights: field.args.flatMap((argument) => {
      const weight = weightOf(argument);
      return weight === undefined ? [] : [[argument.name, weight]];
    }),
    isList: isListType(getNullableType(field.type)),
    sizedBy: textsIn(field, listSize.get('slicingArguments')) ?? pageArguments(field),
    assumed: numberIn(field, listSize.get('assumedSize')),
  };
}

const usualWeight = (schema: GraphQLSchema, parent: GraphQLNamedType): number => {
  if (parent === schema.getMutationType()) return WEIGHTS.mutation;
  return parent === schema.getQueryType() ? WEIGHTS.query : 0;
};

const hasArgument = ({ args }: Field, name: string) => args.some((argument) => argument.name === name);

const pageArguments = (field: Field) => PAGE_ARGUMENTS.filter((name) => hasArgument(field, name));

function objectCost(type: GraphQLNamedType): number {
  if (isLeafType(type)) return 0;
  const isPart = 'getFields' in type && !('id' in type.getFields());
  return weightOf(type) ?? (isPart ? 0 : WEIGHTS.record);
}

const weightOf = (node: Weighed) => numberIn(node, directiveOf(node, 'cost').get('weight'));

function directiveOf({ astNode }: Weighed, name: string): Map<string, ConstValueNode> {
  const directive = astNode?.directives?.find((one) => one.name.value === name);
  return new Map((directive?.arguments ?? []).map((argument) => [argument.name.value, argument.value]));
}

function numberIn({ name }: Weighed, value: ConstValueNode | undefined): number | undefined {
  if (!value) return undefined;
  const number = 'value' in value ? Number(value.value) : Number.NaN;
  if (number >= 0 && number < Number.POSITIVE_INFINITY) return number;
  throw new Error(`The cost or size of ${name} is a number, from 0 up`);
}

function textsIn(field: Field, value: ConstValueNode | undefined): string[] | undefined {
  if (value?.kind !== Kind.LIST) return undefined;
  return value.values.map((item) => {
    if (item.kind === Kind.STRING && hasArgument(field, item.value)) return item.value;
    throw new Error(`The size of ${field.name} is said by an argument that it does not have`);
  });
}
