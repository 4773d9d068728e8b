import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import type { LoaderScope } from '../../platform/graphql/loader.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { User } from '../auth/collections.ts';
import {
  addAddress,
  type KeptAddress,
  keptAddresses,
  removeAddress,
  setDefaultAddress,
  updateAddress,
} from './address-book.ts';
import { findCustomer, listCustomers } from './customers.ts';
import { addressBookOf } from './loaders.ts';

export const customerResolvers: Resolvers = {
  Query: {
    customers: (_, args, { db }) => listCustomers(db, args),
    customer: (_, { id }, { db }) => findCustomer(db, id),
  },
  Mutation: {
    addressAdd: mutation('addressAdd', addAddress),
    addressUpdate: mutation('addressUpdate', updateAddress),
    addressRemove: mutation('addressRemove', removeAddress),
    addressSetDefault: mutation('addressSetDefault', setDefaultAddress),
  },
  User: { addresses: addressesOf },
  Customer: {
    id: ({ _id }) => _id.toHexString(),
    name: ({ profile }) => profile.name,
    phone: ({ profile }) => profile.phone,
    addresses: addressesOf,
  },
  CustomerConnection: { ...connectionResolvers<User>(), ...countResolvers },
  CustomerEdge: edgeResolvers<User>(),
  SavedAddress: { id: ({ _id }) => _id.toHexString() },
};

async function addressesOf({ _id }: User, _: unknown, context: LoaderScope): Promise<KeptAddress[]> {
  const book = await addressBookOf(context).load(_id);
  return book ? keptAddresses(book) : [];
}
