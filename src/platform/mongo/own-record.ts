import type { ClientSession, Collection, Filter, ObjectId, OptionalUnlessRequiredId } from 'mongodb';
import { commandOptions, inTime, type Scope } from './scope.ts';

/** The document of a platform's collection that is the tenant itself: its `_id` is the tenant's. No other is in reach. */
export type OwnRecord<T> = {
  find: () => Promise<T | null>;
  /** Null when it is not there. */
  replace: (document: T) => Promise<T | null>;
};

type Parts<T extends { _id: ObjectId }> = {
  collection: Collection<T>;
  tenantId: ObjectId;
  scope: Scope;
  session: ClientSession | undefined;
};

export function ownRecord<T extends { _id: ObjectId }>({
  collection,
  tenantId,
  scope,
  session,
}: Parts<T>): OwnRecord<T> {
  const own = { _id: tenantId } as Filter<T>;
  const options = (command: string) => {
    scope.onCommand(collection.collectionName, command);
    return commandOptions(scope, session);
  };
  return {
    find: () => {
      scope.reads?.found(collection.collectionName, tenantId, own, [{ _id: tenantId }]);
      return inTime(collection.findOne(own, options('find')) as Promise<T | null>);
    },
    replace: async (document) => {
      if (!tenantId.equals(document._id)) throw new Error("This record is another tenant's");
      scope.writes?.wrote(collection.collectionName, tenantId, own);
      const whole = document as OptionalUnlessRequiredId<T>;
      const { matchedCount } = await inTime(collection.replaceOne(own, whole, options('update')));
      return matchedCount === 1 ? document : null;
    },
  };
}
