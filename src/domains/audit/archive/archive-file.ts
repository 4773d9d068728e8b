import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline as connect } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BSON, ObjectId } from 'mongodb';
import type { AuditEntry } from '../collections.ts';
import { type Month, monthOf, monthText } from '../months.ts';
import { ArchiveError } from './archive-error.ts';

const { EJSON } = BSON;

/** An entry as it is in an archive: with every field that it was stored with, whatever version stored it. */
export type ArchivedEntry = Pick<AuditEntry, '_id' | 'tenantId' | 'at'>;

/** `sha256` is of the file, `textSha256` of what it holds uncompressed. */
export type Contents = { entries: number; bytes: number; sha256: string; textSha256: string };

/** Whose entries of which month a file holds. */
export type FileOf = { tenantId: ObjectId; month: Month };

/** By time, as a file has them. */
export const compareEntries = (a: ArchivedEntry, b: ArchivedEntry): number =>
  a.at.getTime() - b.at.getTime() ||
  (a._id.toHexString() < b._id.toHexString() ? -1 : a._id.equals(b._id) ? 0 : 1);

/** One entry a line, as canonical Extended JSON, so that each number keeps its type; on the disk when this returns. */
export async function writeEntries(path: string, entries: AsyncIterable<ArchivedEntry>): Promise<Contents> {
  const tally = openTally();
  async function* lines() {
    for await (const entry of entries) {
      const line = `${EJSON.stringify(entry, { relaxed: false })}\n`;
      tally.line(line);
      yield line;
    }
  }
  const file = await open(path, 'w');
  try {
    await pipeline(lines, createGzip(), async (compressed: AsyncIterable<Buffer>) => {
      for await (const chunk of compressed) {
        tally.chunk(chunk);
        await file.appendFile(chunk);
      }
    });
    await file.sync();
  } finally {
    await file.close();
  }
  return tally.end();
}

/** Throws, naming the line, at what is not an entry of this shop and month, or not in the order of time. */
export async function* readEntries(
  path: string,
  of: FileOf,
  tally = openTally(),
): AsyncGenerator<ArchivedEntry> {
  let number = 0;
  let former: ArchivedEntry | undefined;
  for await (const line of linesOf(path, tally)) {
    number += 1;
    tally.line(`${line}\n`);
    const entry = parse(line);
    const fault = entry ? faultOf(entry, former, of) : 'is not an entry of the audit';
    if (!entry || fault) throw new ArchiveError(`${path} line ${number} ${fault}`);
    former = entry;
    yield entry;
  }
}

/** Reads a file to its end. */
export async function checkEntries(path: string, of: FileOf): Promise<Contents> {
  const tally = openTally();
  for await (const _ of readEntries(path, of, tally));
  return tally.end();
}

function parse(line: string): ArchivedEntry | null {
  try {
    const entry = EJSON.parse(line, { relaxed: false });
    const { _id, tenantId, at } = entry;
    return _id instanceof ObjectId && tenantId instanceof ObjectId && at instanceof Date ? entry : null;
  } catch {
    return null;
  }
}

function faultOf(entry: ArchivedEntry, former: ArchivedEntry | undefined, { tenantId, month }: FileOf) {
  if (!entry.tenantId.equals(tenantId)) return `is of the shop ${entry.tenantId}, not ${tenantId}`;
  if (monthOf(entry.at) !== month) return `is of ${monthText(monthOf(entry.at))}, not ${monthText(month)}`;
  return former && compareEntries(former, entry) >= 0 ? 'comes before the line above it' : null;
}

async function* linesOf(path: string, tally: Tally): AsyncGenerator<string> {
  async function* bytes() {
    for await (const chunk of createReadStream(path)) {
      tally.chunk(chunk);
      yield chunk;
    }
  }
  // What goes wrong with the file comes out of the stream at the end of it.
  const plain: AsyncIterable<Buffer> = connect(bytes, createGunzip(), () => {});
  try {
    yield* split(plain);
  } catch (error) {
    throw new ArchiveError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

async function* split(text: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest + decoder.decode() !== '') throw new Error('it ends in the middle of a line');
}

type Tally = ReturnType<typeof openTally>;

function openTally() {
  const [file, text] = [createHash('sha256'), createHash('sha256')];
  let [entries, bytes] = [0, 0];
  return {
    chunk: (chunk: Buffer) => {
      file.update(chunk);
      bytes += chunk.length;
    },
    line: (line: string) => {
      text.update(line);
      entries += 1;
    },
    end: (): Contents => ({ entries, bytes, sha256: file.digest('hex'), textSha256: text.digest('hex') }),
  };
}
