import {
  type ConstDirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type AppError, forbidden, unauthenticated } from '../errors.ts';

/** The permission that everybody has who is signed in. */
export const ACCOUNT = 'account';

/** Who asks, as far as the platform needs to know. */
export type Permitted = {
  viewer: {
    /** Null for somebody unknown. */
    id: string | null;
    may: (permission: string) => boolean;
    /** Whether a record is the viewer's own. */
    owns: (source: unknown) => boolean;
  };
};

/** What the contract says of a field: anybody may read it, or who has the permission, or the one whom it is of. */
export type Access = 'public' | { permission: string; orOwn: boolean };

/** Undefined where the contract says nothing at all, which is a mistake. */
export function accessOf(type: GraphQLObjectType, fieldName: string): Access | undefined {
  const nodes = [type.getFields()[fieldName]?.astNode, type.astNode, ...type.extensionASTNodes];
  const directives = nodes.flatMap((node) => node?.directives ?? []);
  const first = directives.find(({ name }) => name.value === 'public' || name.value === 'requires');
  if (!first) return undefined;
  return first.name.value === 'public' ? 'public' : requirementOf(first);
}

function requirementOf({ arguments: args = [] }: ConstDirectiveNode): Access {
  const values = new Map(args.map(({ name, value }) => [name.value, 'value' in value ? value.value : null]));
  return { permission: String(values.get('permission')), orOwn: values.get('orOwn') === true };
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

function guardField(field: GraphQLField<unknown, Permitted>, access: Exclude<Access, 'public'>) {
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) => {
    check(access, source, context);
    return resolve(source, args, context, info);
  };
  // Of a subscription, to begin is what has to be permitted; its events come to who was let in.
  if (!subscribe) return;
  field.subscribe = (source, args, context, info) => {
    check(access, source, context);
    return subscribe(source, args, context, info);
  };
}

function check({ permission, orOwn }: Exclude<Access, 'public'>, source: unknown, { viewer }: Permitted) {
  if (viewer.may(permission) || (orOwn && viewer.owns(source))) return;
  throw refusal(permission, viewer.id === null);
}

const refusal = (permission: string, unknown: boolean): AppError =>
  permission === ACCOUNT && unknown
    ? unauthenticated('Sign in first: send authorization: Bearer with the token of a session')
    : forbidden(permission);
