import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { date, id, list, nullable, object, whole } from '../../platform/mongo/schema.ts';
import { type Address, addressSchema } from './addresses.ts';

/** More than anybody keeps; the book stays one small document. */
export const MOST_ADDRESSES = 50;

export type AddressEntry = { _id: ObjectId; address: Address; createdAt: Date; updatedAt: Date };

/** The addresses that somebody keeps, in one document: so one is the default, however many change it at once. */
export type AddressBook = {
  _id: ObjectId;
  tenantId: ObjectId;
  userId: ObjectId;
  entries: AddressEntry[];
  /** Null in an empty book alone. */
  defaultId: ObjectId | null;
  version: number;
};

export const addressBooks = defineCollection<AddressBook>(
  'address_books',
  object({
    userId: id,
    entries: list(object({ _id: id, address: addressSchema, createdAt: date, updatedAt: date }), {
      maxItems: MOST_ADDRESSES,
    }),
    defaultId: nullable(id),
    version: whole,
  }),
  [{ key: { userId: 1 }, unique: true }],
);
