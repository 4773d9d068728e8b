import type { Document } from 'mongodb';

/** What a command asks for, as it is sent; kept only as long as its request, and never written with its values. */
export type Query = { filter?: Document; sort?: unknown; pipeline?: readonly Document[] };

export type CommandNote = {
  collection: string;
  command: string;
  query: Query;
  startedAt: number;
  /** Null while it is under way. */
  ms: number | null;
};

const MOST_NOTES = 50;

/** The commands of one request, for whoever wants to know why it took long. */
export class CommandLog {
  count = 0;
  readonly notes: CommandNote[] = [];

  note(collection: string, command: string, query: Query): CommandNote | undefined {
    this.count += 1;
    if (this.notes.length >= MOST_NOTES) return undefined;
    const note = { collection, command, query, startedAt: performance.now(), ms: null };
    this.notes.push(note);
    return note;
  }
}

export function ended(note: CommandNote): void {
  note.ms = performance.now() - note.startedAt;
}
