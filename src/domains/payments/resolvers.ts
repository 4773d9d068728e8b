import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { listAccounts, removeAccount, setAccount } from './accounts.ts';

export const paymentResolvers: Resolvers = {
  Query: { paymentAccounts: (_, __, { db }) => listAccounts(db) },
  Mutation: {
    paymentAccountSet: mutation('paymentAccountSet', setAccount),
    paymentAccountRemove: mutation('paymentAccountRemove', removeAccount),
  },
  Shop: { paymentMethods: (_, __, { db, payments }) => payments.methods(db) },
  Payment: {
    id: ({ _id }) => _id.toHexString(),
    amount: ({ amount: minor, currency }) => ({ minor, currency }),
  },
  PaymentAccount: {
    id: ({ _id }) => _id.toHexString(),
    noticeUrl: ({ provider }, _, { payments, shop }) => payments.noticeUrl(provider, shop.subdomain),
  },
};
