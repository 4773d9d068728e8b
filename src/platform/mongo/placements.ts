import { ObjectId, type Timestamp } from 'mongodb';
import { defineSystemCollection } from './collection.ts';
import { anyOf, date, id, nullable, object, text } from './schema.ts';

/** How far a move to another database has come; see platform/mongo/moving/move.ts. */
export type MovePhase = 'COPYING' | 'FENCED' | 'SETTLING' | 'CLEANING';

export type Move = {
  /** Null: the shared database. */
  to: string | null;
  phase: MovePhase;
  /** Who moves it, for as long as they say now and then that they live. */
  owner: string | null;
  leasedUntil: Date;
  startedAt: Date;
};

/** Where a tenant was, and since when; null: always. */
export type Lived = { place: string | null; since: Timestamp | null };

/**
 * In which database the documents of a tenant are. Who has no such record never left the shared one, whose place is null.
 * What was written in `place` after `since` is the tenant's own; what was written before it was copied there.
 */
export type Placement = Lived & {
  /** The tenant. */
  _id: ObjectId;
  before: Lived | null;
  move: Move | null;
};

const time = { bsonType: 'timestamp' };
const lived = { place: nullable(text), since: nullable(time) };

export const placements = defineSystemCollection<Placement>(
  'placements',
  object({
    ...lived,
    before: nullable(object(lived)),
    move: nullable(
      object({
        to: nullable(text),
        phase: anyOf('COPYING', 'FENCED', 'SETTLING', 'CLEANING'),
        owner: nullable(text),
        leasedUntil: date,
        startedAt: date,
      }),
    ),
    _id: id,
  }),
  [],
);

/** Between the name of an installation's own database and the place of a shop; a place is the id of its shop. */
export const PLACED = '_shop_';
/** MongoDB takes no longer name. */
const MOST_NAME = 63;

/** A place of its own for a tenant: its id, so that it neither changes nor needs quoting. */
export const placeFor = (tenantId: ObjectId): string => tenantId.toHexString();

export const databaseNameOf = (main: string, place: string | null): string =>
  place === null ? main : `${main}${PLACED}${place}`;

/** Why a database of that name cannot have others beside it; null when it can. */
export const whyNotBeside = (main: string): string | null =>
  databaseNameOf(main, placeFor(new ObjectId())).length <= MOST_NAME
    ? null
    : `The name of a shop's database would have more than ${MOST_NAME} letters: ${databaseNameOf(main, '…')}`;

/** The tenant whose database this is; null for the shared one and any other. */
export function ownerOf(main: string, database: string): string | null {
  const place = database.startsWith(`${main}${PLACED}`) ? database.slice(main.length + PLACED.length) : '';
  return /^[0-9a-f]{24}$/.test(place) ? place : null;
}

/** An expression of MongoDB's for the names of all databases of an installation. */
export const databasesLike = (main: string): RegExp =>
  new RegExp(`^${main.replaceAll(/[^\w]/g, '\\$&')}(?:${PLACED}[0-9a-f]{24})?$`);
