import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { limitExceeded, notFound } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type {
  AddressAddInput,
  AddressRemoveInput,
  AddressSetDefaultInput,
  AddressUpdateInput,
} from '../../schema.types.ts';
import { signedIn } from '../auth/signed-in.ts';
import { readAddress } from './addresses.ts';
import { type AddressBook, type AddressEntry, addressBooks, MOST_ADDRESSES } from './collections.ts';

/** An address of somebody's book. */
export type KeptAddress = AddressEntry & { userId: ObjectId; isDefault: boolean };

/** `address` is the one that the change was about; of one that was taken out, as it was. */
export type AddressAnswer = { address: KeptAddress; addresses: KeptAddress[] };

export function keptAddresses({ userId, entries, defaultId }: Omit<AddressBook, 'tenantId'>): KeptAddress[] {
  return entries.map((entry) => ({ ...entry, userId, isDefault: entry._id.equals(defaultId) }));
}

export const findAddressBooks = (db: TenantDb, userIds: ObjectId[]): Promise<AddressBook[]> =>
  db.collection(addressBooks).find({ userId: { $in: userIds } }, { limit: userIds.length });

/** The first address of a book is its default. */
export async function addAddress(tx: TenantDb, input: AddressAddInput, context: Context) {
  const book = await bookOf(tx, context);
  if (book.entries.length >= MOST_ADDRESSES)
    throw limitExceeded(`An account keeps up to ${MOST_ADDRESSES} addresses`, MOST_ADDRESSES, 'input');
  const at = tx.now();
  const address = readAddress(input.address, 'input', 'address');
  const entry = { _id: new ObjectId(), address, createdAt: at, updatedAt: at };
  const isDefault = book.defaultId === null || input.isDefault === true;
  const entries = [...book.entries, entry];
  return answer(
    entry,
    await saveBook(tx, { ...book, entries, defaultId: isDefault ? entry._id : book.defaultId }),
  );
}

export async function updateAddress(tx: TenantDb, input: AddressUpdateInput, context: Context) {
  const { book, entry } = await entryNamed(tx, input.id, context);
  const address = readAddress(input.address, 'input', 'address');
  const changed = { ...entry, address, updatedAt: tx.now() };
  const entries = book.entries.map((other) => (other === entry ? changed : other));
  return answer(changed, await saveBook(tx, { ...book, entries }));
}

/** When the default goes, the address that was kept first takes its place. */
export async function removeAddress(
  tx: TenantDb,
  input: AddressRemoveInput,
  context: Context,
): Promise<AddressAnswer> {
  const { book, entry } = await entryNamed(tx, input.id, context);
  const entries = book.entries.filter((other) => other !== entry);
  const defaultId = entry._id.equals(book.defaultId) ? (entries[0]?._id ?? null) : book.defaultId;
  const addresses = await saveBook(tx, { ...book, entries, defaultId });
  return { address: { ...entry, userId: book.userId, isDefault: false }, addresses };
}

export async function setDefaultAddress(tx: TenantDb, input: AddressSetDefaultInput, context: Context) {
  const { book, entry } = await entryNamed(tx, input.id, context);
  return answer(entry, await saveBook(tx, { ...book, defaultId: entry._id }));
}

const answer = ({ _id }: AddressEntry, addresses: KeptAddress[]): AddressAnswer => {
  const address = addresses.find((kept) => kept._id.equals(_id));
  if (!address) throw new Error(`The address ${_id} is not in the book that it was put into`);
  return { address, addresses };
};

type Book = Omit<AddressBook, 'tenantId'>;

async function bookOf(tx: TenantDb, context: Context): Promise<Book> {
  const { userId } = signedIn(context);
  const [book] = await findAddressBooks(tx, [userId]);
  return book ?? { _id: new ObjectId(), userId, entries: [], defaultId: null, version: 0 };
}

async function entryNamed(tx: TenantDb, id: string, context: Context) {
  const book = await bookOf(tx, context);
  const entry = book.entries.find(({ _id }) => _id.toHexString() === id.toLowerCase());
  if (!entry) throw notFound('address', 'input', 'id');
  return { book, entry };
}

/** The book is read in the same transaction, so of two changes at once one begins anew. */
async function saveBook(tx: TenantDb, book: Book): Promise<KeptAddress[]> {
  const { _id, userId, entries, defaultId, version } = book;
  const next = { userId, entries, defaultId, version: version + 1 };
  if (version === 0) await tx.collection(addressBooks).insertOne({ _id, ...next });
  else await tx.collection(addressBooks).updateOne({ _id }, { $set: next });
  return keptAddresses(book);
}
