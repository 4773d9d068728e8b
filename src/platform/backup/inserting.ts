import type { Db } from 'mongodb';
import { type RawMap, toMap } from './raw-documents.ts';

const [BATCH_BYTES, BATCH_DOCUMENTS] = [8 * 1024 * 1024, 5_000];

/** Puts documents into a collection as the bytes they are, many at a time. */
export class Inserting {
  readonly #db: Db;
  readonly #name: string;
  readonly #onBatch: (count: number) => void;
  #batch: RawMap[] = [];
  #bytes = 0;
  count = 0;

  constructor(db: Db, name: string, onBatch: (count: number) => void = () => {}) {
    this.#db = db;
    this.#name = name;
    this.#onBatch = onBatch;
  }

  async add(raw: Buffer): Promise<void> {
    this.#batch.push(toMap(raw));
    this.#bytes += raw.length;
    if (this.#batch.length >= BATCH_DOCUMENTS || this.#bytes >= BATCH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const documents = this.#batch;
    if (documents.length === 0) return;
    [this.#batch, this.#bytes] = [[], 0];
    await insert(this.#db, this.#name, documents);
    this.count += documents.length;
    this.#onBatch(documents.length);
  }
}

/** What stood there may be older than its validator. */
async function insert(db: Db, name: string, documents: RawMap[]): Promise<void> {
  const { writeErrors } = await db.command({
    insert: name,
    documents,
    ordered: true,
    bypassDocumentValidation: true,
    comment: 'system: restore',
  });
  if (writeErrors?.length) throw new Error(`${name}: ${writeErrors[0].errmsg}`);
}
