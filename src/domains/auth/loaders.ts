import { ObjectId } from 'mongodb';
import { defineLoader, type LoaderScope } from '../../platform/graphql/loader.ts';
import type { User } from './collections.ts';
import { findUsersById } from './users.ts';

export const userById = defineLoader(findUsersById, ({ _id }) => _id);

/** The person behind the actor of a change, such as "user:6565…"; null for a key, a job and somebody unknown. */
export function userOfActor(context: LoaderScope, actor: string | null): Promise<User | null> | null {
  const [kind, id = ''] = (actor ?? '').split(':');
  return kind === 'user' && ObjectId.isValid(id) ? userById(context).load(new ObjectId(id)) : null;
}
