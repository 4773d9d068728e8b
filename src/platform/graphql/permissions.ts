import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { forbidden } from '../errors.ts';

/** Who asks, as far as the platform needs to know. */
export type Permitted = { viewer: { may: (permission: string) => boolean } };

/** What the contract says of a field: 'public', the permission that it needs, or nothing at all (a mistake). */
export function accessOf(type: GraphQLObjectType, fieldName: string): string | undefined {
  const field = type.getFields()[fieldName];
  const nodes = [field?.astNode, type.astNode, ...type.extensionASTNodes];
  for (const node of nodes) {
    for (const directive of node?.directives ?? []) {
      if (directive.name.value === 'public') return 'public';
      const [argument] = directive.arguments ?? [];
      if (directive.name.value === 'requires' && argument?.value.kind === 'StringValue')
        return argument.value.value;
    }
  }
  return undefined;
}

/** Puts a check in front of each field that needs a permission; a field without a word about it is refused here. */
export function guardFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const access = accessOf(type, name);
      if (access === undefined)
        throw new Error(`${type.name}.${name} is neither @public nor @requires a permission`);
      if (access !== 'public') guardField(field, access);
    }
  }
  return schema;
}

function guardField(field: GraphQLField<unknown, Permitted>, permission: string) {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    if (!context.viewer.may(permission)) throw forbidden(permission);
    return resolve(source, args, context, info);
  };
}
