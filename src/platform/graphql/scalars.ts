import { GraphQLError, GraphQLScalarType, GraphQLString, Kind } from 'graphql';
import {
  GraphQLCurrency,
  GraphQLDate,
  GraphQLDateTimeISO,
  GraphQLJSONObject,
  GraphQLLocale,
  GraphQLSafeInt,
  GraphQLURL,
} from 'graphql-scalars';

const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

function readDecimal(value: unknown): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  throw new GraphQLError(`A decimal number stands in a string, such as "79.99", not ${shown}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const decimal = new GraphQLScalarType({
  name: 'Decimal',
  serialize: (value) => value as string,
  parseValue: readDecimal,
  parseLiteral: (node) =>
    readDecimal(node.kind === Kind.STRING ? node.value : 'value' in node ? node.value : node.kind),
});

/** What the database holds was checked on its way in, so on its way out it is only written down. */
const dateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  serialize: (value) => (value as Date).toISOString(),
});

/** A day stays the text that it is: as a Date it would have an hour, and a time zone to be wrong in. */
const day = new GraphQLScalarType({
  ...GraphQLDate.toConfig(),
  serialize: (value) => value as string,
  parseValue: (value) => dayText(GraphQLDate.parseValue(value)),
  parseLiteral: (node, variables) => dayText(GraphQLDate.parseLiteral(node, variables)),
});

const dayText = (moment: Date) => moment.toISOString().slice(0, 10);

const url = new GraphQLScalarType({ ...GraphQLURL.toConfig(), serialize: (value) => value as string });

/** Any text: a mutation looks at it, so that a mistyped address is an answer beside the form's field, not a fault. */
const emailAddress = new GraphQLScalarType({ ...GraphQLString.toConfig(), name: 'EmailAddress' });

export const scalars = {
  DateTime: dateTime,
  Date: day,
  Decimal: decimal,
  SafeInt: GraphQLSafeInt,
  Currency: GraphQLCurrency,
  Locale: GraphQLLocale,
  EmailAddress: emailAddress,
  URL: url,
  JSONObject: GraphQLJSONObject,
};
