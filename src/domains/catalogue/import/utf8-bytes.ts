import { isUtf8 } from 'node:buffer';
import { type ByteSource, UnreadableFile } from './import-source.ts';

const LINE_FEED = 10;
const SAVE_AS = 'save it as UTF-8 ("CSV UTF-8" in spreadsheets)';
const SIGNATURES: [string, string][] = [
  ['fffe', `The file is in UTF-16, not in UTF-8: ${SAVE_AS}`],
  ['feff', `The file is in UTF-16, not in UTF-8: ${SAVE_AS}`],
  ['504b0304', 'The file is a spreadsheet or a zip archive: save the sheet as CSV, or unpack the archive'],
  ['d0cf11e0', 'The file is an old Excel workbook: save the sheet as CSV'],
  ['1f8b', 'The file is compressed with gzip: unpack it first'],
  ['25504446', 'The file is a PDF, not a table'],
];

/** Passes the bytes on, in chunks that never cut a character, without a byte order mark; stops at the first that is not text. */
export async function* utf8Bytes(source: ByteSource): AsyncGenerator<Buffer> {
  const position = { line: 1, byte: 0 };
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    if (!started && rest.length < 4) continue;
    if (!started) rest = withoutMark(rest);
    started = true;
    const whole = rest.subarray(0, rest.length - cutCharacter(rest));
    yield* checked(whole, position);
    rest = rest.subarray(whole.length);
  }
  if (started && rest.length > 0) throw cutCharacterAtEnd(position.line);
  if (!started) yield* checked(withoutMark(rest), position);
}

const cutCharacterAtEnd = (line: number) =>
  new UnreadableFile(`The file ends in the middle of a character on line ${line}: it was cut`, line);

function withoutMark(first: Buffer): Buffer {
  const start = first.subarray(0, 4).toString('hex');
  const wrong = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (wrong) throw new UnreadableFile(wrong[1]);
  return start.startsWith('efbbbf') ? first.subarray(3) : first;
}

/** How many bytes at the end belong to a character whose other bytes come with the next chunk. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < characterLength(byte) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

const characterLength = (first: number) => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);

function* checked(bytes: Buffer, position: { line: number; byte: number }) {
  const bad = firstBadByte(bytes);
  // Up to the line of the bad byte everything is sound, and is read.
  const sound = bad === -1 ? bytes : bytes.subarray(0, bytes.lastIndexOf(LINE_FEED, bad) + 1);
  if (sound.length > 0) yield sound;
  if (bad !== -1) throw notText(bytes, bad, position);
  position.line += countLines(bytes);
  position.byte += bytes.length;
}

function firstBadByte(bytes: Buffer): number {
  const nul = bytes.indexOf(0);
  if (isUtf8(bytes)) return nul;
  // Decoding puts U+FFFD for what is not UTF-8: encoded again, the first difference is there.
  const again = Buffer.from(bytes.toString('utf8'));
  const bad = bytes.findIndex((byte, index) => byte !== again[index]);
  return nul === -1 ? bad : Math.min(nul, bad);
}

function notText(bytes: Buffer, at: number, position: { line: number; byte: number }) {
  const line = position.line + countLines(bytes.subarray(0, at));
  const byte = bytes[at] ?? 0;
  const where = `byte ${position.byte + at + 1} of the file, on line ${line}`;
  if (byte === 0) {
    return new UnreadableFile(
      `There is a NUL character (${where}): the file is not a text in UTF-8; ${SAVE_AS}`,
      line,
    );
  }
  const latin = new TextDecoder('windows-1252').decode(Uint8Array.of(byte));
  const hex = byte.toString(16).toUpperCase();
  return new UnreadableFile(
    `0x${hex} (${where}) is not UTF-8; in Windows-1252 it would be "${latin}". If that is the file's encoding, ${SAVE_AS}`,
    line,
  );
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}
