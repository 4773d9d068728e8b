import type { Context } from '../../context.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import {
  checkAccountErase,
  type ErasureAnswer,
  eraseAccount,
  eraseCustomer,
  findErasure,
} from './erasure-requests.ts';

export const privacyResolvers: Resolvers = {
  Query: { erasure: (_, { id }, { db }) => findErasure(db, id) },
  Mutation: {
    accountErase: mutation('accountErase', eraseAccount, checkAccountErase, {
      hashed: () => null,
      secrets: ['ended'],
      after: endSessions,
    }),
    customerErase: mutation('customerErase', eraseCustomer, undefined, {
      secrets: ['ended'],
      after: endSessions,
    }),
  },
  Erasure: { id: ({ _id }) => _id.toHexString() },
};

function endSessions({ ended }: ErasureAnswer, { sessions, db }: Context): Promise<void> {
  return sessions.forget(db, ended);
}
