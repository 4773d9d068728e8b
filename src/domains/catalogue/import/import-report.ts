import { type Fault, type Note, UnreadableFile } from './import-source.ts';

export type Outcome = 'created' | 'updated' | 'unchanged' | 'refused';

/** What an import did. Of faults and notes the first thousand are kept, and all are counted and told to the listener. */
export type ImportReport = {
  counts: Record<Outcome, number>;
  /** In what was created, updated and unchanged. */
  variants: number;
  categoriesCreated: number;
  faults: Fault[];
  faultCount: number;
  notes: Note[];
  noteCount: number;
  /** Where and why the file could not be read any further. */
  stopped: { line: number | null; column: string | null; reason: string } | null;
};

export type ImportListeners = {
  onProgress?: ((counts: Readonly<Record<Outcome, number>>) => void) | undefined;
  onFault?: ((fault: Fault) => void) | undefined;
  onNote?: ((note: Note) => void) | undefined;
};

const MOST_KEPT = 1_000;

export class ReportWriter {
  readonly report: ImportReport = {
    counts: { created: 0, updated: 0, unchanged: 0, refused: 0 },
    variants: 0,
    categoriesCreated: 0,
    faults: [],
    faultCount: 0,
    notes: [],
    noteCount: 0,
    stopped: null,
  };
  readonly #listeners: ImportListeners;

  constructor(listeners: ImportListeners) {
    this.#listeners = listeners;
  }

  count(outcome: Outcome) {
    this.report.counts[outcome]++;
  }

  /** One product or review that was left out, for at least one reason. */
  refuse(faults: Fault[]) {
    this.count('refused');
    this.report.faultCount += faults.length;
    for (const fault of faults) {
      if (this.report.faults.length < MOST_KEPT) this.report.faults.push(fault);
      this.#listeners.onFault?.(fault);
    }
  }

  note(notes: Note[]) {
    this.report.noteCount += notes.length;
    for (const note of notes) {
      if (this.report.notes.length < MOST_KEPT) this.report.notes.push(note);
      this.#listeners.onNote?.(note);
    }
  }

  progress() {
    this.#listeners.onProgress?.(this.report.counts);
  }

  /** A file that ends too soon is part of the report; any other error is not for the one who gave the file. */
  stop(error: unknown) {
    if (!(error instanceof UnreadableFile)) throw error;
    this.report.stopped = { line: error.line, column: error.column, reason: error.message };
  }
}

/** Whether everything in the file is now in the shop. */
export const isComplete = ({ counts, stopped }: ImportReport) => counts.refused === 0 && stopped === null;
