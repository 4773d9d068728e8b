import { readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { IResolvers } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import { guardFields } from './permissions.ts';
import { scalars } from './scalars.ts';

const CONTRACT = new URL('../../../schema.graphql', import.meta.url);

export const contract = () => readFileSync(CONTRACT, 'utf8');

/** The contract with the resolvers of each domain; a resolver for a field that the contract lacks is refused. */
export const buildSchema = (resolvers: IResolvers[]): GraphQLSchema =>
  guardFields(
    makeExecutableSchema({
      typeDefs: contract(),
      resolvers: [scalars, ...resolvers],
      // Half of the time that it takes: no copy is made for the resolvers, and the contract was checked when it was written.
      updateResolversInPlace: true,
      assumeValidSDL: true,
      noLocation: true,
      resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
    }),
  );
