import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** What the scalars of the contract accept; anything that reaches the resolver will do. */
const SCALARS: Record<string, unknown> = {
  ID: '0123456789abcdef01234567',
  String: 'some text',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2030-01-01T00:00:00.000Z',
  Date: '2030-01-01',
  Decimal: '1.00',
  SafeInt: 1,
  Currency: 'USD',
  Locale: 'en-US',
  EmailAddress: 'someone@example.com',
  URL: 'https://example.com',
  JSONObject: {},
};

/** The least that a type accepts. */
function leastOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return [leastOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field: GraphQLInputField) => isRequiredInputField(field))
        .map((field) => [field.name, leastOf(field.type)]),
    );
  }
  if (!(type.name in SCALARS)) throw new Error(`Say in test/auth/arguments.ts what ${type.name} accepts`);
  return SCALARS[type.name];
}

/** One operation with nothing but this field, and the variables that it needs. */
export function operationOf(kind: string, field: GraphQLField<unknown, unknown>) {
  const needed = field.args.filter((argument: GraphQLArgument) => isRequiredArgument(argument));
  const declared = needed.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const given = needed.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return {
    query: `${kind}${declared && `(${declared})`} { ${field.name}${given && `(${given})`}${selection} }`,
    variables: Object.fromEntries(needed.map(({ name, type }) => [name, leastOf(type)])),
  };
}
