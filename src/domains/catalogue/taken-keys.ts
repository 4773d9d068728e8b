import { MongoServerError } from 'mongodb';
import { duplicate } from '../../platform/errors.ts';

const DUPLICATE_KEY = 11000;

/** Says which slug or sku somebody else took at the same moment, and whose it is now: "another product's". */
export async function unlessTaken<R>(write: Promise<R>, owners: "category's" | "product's"): Promise<R> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    const [[key, value] = ['slug', '']] = Object.entries(error.keyValue ?? {}).filter(
      ([name]) => name !== 'tenantId',
    );
    const name = key.endsWith('slug') ? 'slug' : 'sku';
    throw duplicate(`The ${name} ${value} has just become another ${owners}`, null, 'input', name);
  }
}
