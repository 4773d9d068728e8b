import { type Document, ObjectId } from 'mongodb';

/**
 * A collection whose changes are followed. `quiet` are fields that change all the time and that no list goes by unless it
 * names them: such a change concerns those who have read the document, and not who may be found.
 */
export type Watched = ReadonlyMap<string, { quiet: RegExp | null }>;

/** The names that what was read, and what was changed, is told by. */
export const tags = {
  document: (id: unknown) => String(id),
  /** Which documents are found, in what order. */
  list: (collection: string, tenant: string) => `list ${collection} ${tenant}`,
  /** Any change at all. */
  any: (collection: string, tenant: string) => `any ${collection} ${tenant}`,
  /** A change of which it is not known what it concerns. */
  all: (collection: string, tenant: string) => `all ${collection} ${tenant}`,
};

/** What stands for all tenants, where it is not known whose a changed document is. */
export const ANY_TENANT = '*';

type Row = { _id?: unknown };

/** What one execution reads: the documents, the lists, and until when what it makes of them stays true. */
export class Reads {
  readonly tags = new Set<string>();
  /** Milliseconds since 1970. */
  until = Number.POSITIVE_INFINITY;
  /** Whether all of it is of collections whose changes are heard of. */
  isWatched = true;
  /** Whether only documents of one collection were looked up. */
  isPlain = true;
  readonly #watched: Watched;
  readonly #collections = new Set<string>();

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Another one, for a part of the execution. */
  beside(): Reads {
    return new Reads(this.#watched);
  }

  found(collection: string, tenant: ObjectId, filter: unknown, rows: readonly Row[]): void {
    this.#note(collection, tenant);
    this.#documents(rows);
    if (this.#mentionsQuiet(collection, filter) || rows.some(({ _id }) => _id === undefined))
      this.#any(collection, tenant);
    else this.#list(collection, tenant);
  }

  counted(collection: string, tenant: ObjectId, filter: unknown): void {
    this.#note(collection, tenant);
    this.isPlain = false;
    if (this.#mentionsQuiet(collection, filter)) this.#any(collection, tenant);
    else this.#list(collection, tenant);
  }

  worked(collection: string, tenant: ObjectId, pipeline: readonly Document[], rows: readonly Row[]): void {
    this.isPlain = false;
    const others = reachedBy(pipeline);
    const areDocuments = others.size === 0 && !pipeline.some(({ $group, $facet }) => $group ?? $facet);
    if (areDocuments) this.#documents(rows);
    for (const name of [collection, ...others]) {
      this.#note(name, tenant);
      const told = this.#mentionsQuiet(name, pipeline) || (!areDocuments && this.#mentionsQuiet(name, rows));
      if (told) this.#any(name, tenant);
      else this.#list(name, tenant);
    }
  }

  /** What was looked up for several executions at once: of rows that were found, each has its own alone. */
  shared(log: Reads, rows: readonly (Row | null | undefined)[]): void {
    this.until = Math.min(this.until, log.until);
    this.isWatched &&= log.isWatched;
    if (!log.isPlain || log.#collections.size > 1) this.isPlain = false;
    const own = rows.flatMap((row) => (row?._id === undefined ? [] : [row]));
    for (const name of log.#collections) this.#collections.add(name);
    this.#documents(own);
    const isExact = log.isPlain && log.#collections.size === 1 && own.length === rows.length;
    for (const tag of log.tags) if (!isExact || tag.startsWith('all ')) this.tags.add(tag);
  }

  endsAt(moment: Date | null): void {
    if (moment) this.until = Math.min(this.until, moment.getTime());
  }

  #note(collection: string, tenant: ObjectId) {
    this.#collections.add(collection);
    if (!this.#watched.has(collection)) this.isWatched = false;
    this.tags.add(tags.all(collection, tenant.toHexString()));
  }

  #documents(rows: readonly Row[]) {
    for (const { _id } of rows) if (_id instanceof ObjectId) this.tags.add(tags.document(_id));
  }

  #list(collection: string, tenant: ObjectId) {
    for (const whose of [tenant.toHexString(), ANY_TENANT]) this.tags.add(tags.list(collection, whose));
  }

  #any(collection: string, tenant: ObjectId) {
    this.isPlain = false;
    for (const whose of [tenant.toHexString(), ANY_TENANT]) this.tags.add(tags.any(collection, whose));
  }

  #mentionsQuiet(collection: string, value: unknown): boolean {
    const quiet = this.#watched.get(collection)?.quiet;
    return quiet ? pathsIn(value).some((path) => quiet.test(path)) : false;
  }
}

/** Each name of a field in a filter, a pipeline or a row, and each `$field` of an expression. */
function pathsIn(value: unknown, inside = ''): string[] {
  if (typeof value === 'string')
    return value.startsWith('$') ? [value.replace(/^\$+(?:\w+\.)?/, ''), value.slice(1)] : [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, inside));
  if (typeof value !== 'object' || value === null || '_bsontype' in value) return [];
  return Object.entries(value).flatMap(([name, below]) => {
    if (name.startsWith('$')) return pathsIn(below, inside);
    const path = inside === '' ? name : `${inside}.${name}`;
    return [path, ...pathsIn(below, path)];
  });
}

/** The collections that a pipeline reads besides its own. */
function reachedBy(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) reachedBy(item, found);
  else if (typeof value === 'object' && value !== null && !('_bsontype' in value)) {
    for (const [name, below] of Object.entries(value)) {
      const other =
        (below as { from?: unknown; coll?: unknown } | null)?.from ??
        (below as { coll?: unknown } | null)?.coll;
      if (REACHING.has(name) && typeof other === 'string') found.add(other);
      if (name === '$unionWith' && typeof below === 'string') found.add(below);
      reachedBy(below, found);
    }
  }
  return found;
}

const REACHING = new Set(['$lookup', '$graphLookup', '$unionWith']);

/** What one request changes, by the names of those who may have read it. */
export class Writes {
  readonly tags = new Set<string>();
  readonly #watched: Watched;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** `update` is absent where documents come, go or are replaced. */
  wrote(collection: string, tenant: ObjectId, filter: Document | null, update?: Document | Document[]): void {
    const watched = this.#watched.get(collection);
    if (!watched) return;
    const whose = tenant.toHexString();
    const ids = filter ? idsIn(filter) : [];
    if (ids) for (const id of ids) this.tags.add(tags.document(id));
    else this.tags.add(tags.all(collection, whose));
    this.tags.add(tags.any(collection, whose));
    if (!isQuiet(watched.quiet, update)) this.tags.add(tags.list(collection, whose));
  }
}

function idsIn({ _id }: Document): ObjectId[] | null {
  if (_id instanceof ObjectId) return [_id];
  const several = (_id as { $in?: unknown } | undefined)?.$in;
  return Array.isArray(several) ? several.filter((id) => id instanceof ObjectId) : null;
}

function isQuiet(quiet: RegExp | null, update: Document | Document[] | undefined): boolean {
  if (!quiet || !update || Array.isArray(update)) return false;
  return Object.values(update).every((fields) =>
    Object.keys(fields as object).every((path) => quiet.test(path)),
  );
}
