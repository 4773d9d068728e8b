import type { Document, ObjectId } from 'mongodb';
import type { SystemDb } from '../mongo/system-db.ts';
import { outbox } from './collections.ts';

/** A document that was changed; without `fields` as a whole, or nobody knows which. */
export type ChangedDocument = { id: unknown; fields: string[] | null };

/** Whose changed document it is, and by what names subscribers ask for it. */
export type Identified = {
  id: unknown;
  tenantId: ObjectId;
  keys: string[];
  data: Record<string, unknown>;
};

/** A kind of change that is seen in the documents themselves, because nothing writes an event for it. */
export type ChangeDefinition = {
  type: string;
  collection: string;
  /** Which updated fields count, as a regular expression; when absent, any change does, and that it is deleted. */
  fields?: string;
  /** False where a document that leaves the collection is no change. */
  deletes?: false;
  /** An event of the outbox that says of such a document that it changed, and what of it. */
  alsoBy?: { type: string; changed: (data: Record<string, unknown>) => ChangedDocument };
  /** Asked once for all that changed in a moment. Without it, the id says it all, for it is unique in all shops. */
  identify?: (db: SystemDb, changed: ChangedDocument[]) => Promise<Identified[]>;
};

const defined = new Map<string, ChangeDefinition>();

export function defineChange(definition: ChangeDefinition): ChangeDefinition {
  defined.set(definition.type, definition);
  return definition;
}

export const changeNamed = (type: string): ChangeDefinition | undefined => defined.get(type);

/** One entry of the change stream: an event of the outbox, or a change of a document. */
export type Change = {
  token: string;
  at: Date;
  type: string;
  database: string;
  /** Of changes with the same mark, whoever was away needs the latest alone. */
  mark: string;
} & ({ event: OutboxEvent; document?: never } | { document: ChangedDocument; event?: never });

export type OutboxEvent = { tenantId: ObjectId; subject: string; data: Record<string, unknown> };

/** The last entry of what a database was, when it is dropped; nothing fails then. */
export const ENDS = ['invalidate', 'dropDatabase'];

export const isEnd = ({ operationType }: Document): boolean => ENDS.includes(operationType);

/**
 * What the stream shows: events of the outbox, which are only ever inserted, the changes that are defined, and any change
 * of the collections that are observed.
 */
export function changePipeline(observed: readonly string[] = []): Document[] {
  const events = { 'ns.coll': outbox.name, operationType: 'insert' };
  const matches = [...defined.values()].map(({ collection, fields, deletes = true }) => ({
    'ns.coll': collection,
    ...(fields
      ? { operationType: 'update', $expr: anyUpdated(fields) }
      : { operationType: { $in: ['update', 'replace', ...(deletes ? ['delete'] : [])] } }),
  }));
  const any = { operationType: { $in: ['insert', 'update', 'replace', 'delete'] } };
  const seen = observed.length > 0 ? [{ 'ns.coll': { $in: observed }, ...any }] : [];
  return [
    { $match: { $or: [events, { operationType: { $in: ENDS } }, ...matches, ...seen] } },
    {
      $project: {
        operationType: 1,
        ns: 1,
        clusterTime: 1,
        'documentKey._id': 1,
        wallTime: 1,
        fields: changedFields,
        tenantId: '$fullDocument.tenantId',
        event: { $cond: [{ $eq: ['$ns.coll', outbox.name] }, '$fullDocument', '$$REMOVE'] },
      },
    },
  ];
}

const updatedFields = {
  $map: {
    input: { $objectToArray: { $ifNull: ['$updateDescription.updatedFields', {}] } },
    in: '$$this.k',
  },
};

const changedFields = {
  $concatArrays: [
    updatedFields,
    { $ifNull: ['$updateDescription.removedFields', []] },
    { $map: { input: { $ifNull: ['$updateDescription.truncatedArrays', []] }, in: '$$this.field' } },
  ],
};

const anyUpdated = (regex: string) => ({
  $anyElementTrue: [
    { $map: { input: updatedFields, as: 'field', in: { $regexMatch: { input: '$$field', regex } } } },
  ],
});

/** The changes that one entry of the stream is, by each definition that it fits. */
export function changesOf(entry: Document): Change[] {
  if (isEnd(entry)) return [];
  const { _id, wallTime: at, ns, documentKey, fields, event, operationType } = entry;
  const known = { token: _id._data as string, at: at as Date, database: ns?.db as string };
  const ofDocument = (type: string, document: ChangedDocument): Change => {
    return { ...known, type, mark: `${type} ${document.id}`, document };
  };
  const all = [...defined.values()];
  if (event) {
    const saying = all.flatMap(({ type, alsoBy }) =>
      alsoBy && alsoBy.type === event.type ? ofDocument(type, alsoBy.changed(event.data)) : [],
    );
    return [{ ...known, type: event.type, mark: known.token, event }, ...saying];
  }
  return all
    .filter(
      ({ collection, fields: counted, deletes = true }) =>
        collection === ns.coll &&
        (counted || operationType !== 'insert') &&
        (deletes || operationType !== 'delete'),
    )
    .map(({ type, fields: counted }) => {
      const updated = counted ? fields.filter((field: string) => new RegExp(counted).test(field)) : null;
      return ofDocument(type, { id: documentKey._id, fields: updated });
    })
    .filter(({ document }) => document?.fields?.length !== 0);
}

/** The later of two changes of one mark, with what either of them touched. */
export function joined(earlier: Change | undefined, later: Change): Change {
  if (!earlier?.document || !later.document) return later;
  const fields =
    earlier.document.fields && later.document.fields
      ? [...new Set([...earlier.document.fields, ...later.document.fields])]
      : null;
  return { ...later, document: { ...later.document, fields } };
}
