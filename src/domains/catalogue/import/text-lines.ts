import { type ByteSource, UnreadableFile } from './import-source.ts';
import { utf8Bytes } from './utf8-bytes.ts';

const LINE_FEED = 10;
const LONGEST_LINE = 16 * 1024 * 1024;

/** The lines of a file with their numbers; blank ones are left out. */
export async function* textLines(source: ByteSource): AsyncGenerator<{ number: number; text: string }> {
  let number = 0;
  let rest: Buffer[] = [];
  for await (const chunk of utf8Bytes(source)) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      number++;
      const text = Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
      if (text.trim() !== '') yield { number, text };
      rest = [];
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    checkLength(rest, number + 1);
  }
  const text = Buffer.concat(rest).toString('utf8');
  if (text.trim() !== '') yield { number: number + 1, text };
}

function checkLength(parts: Buffer[], line: number) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length <= LONGEST_LINE) return;
  throw new UnreadableFile(`Line ${line} has no end after ${LONGEST_LINE / 1024 / 1024} MiB`, line);
}
