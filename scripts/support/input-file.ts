import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** A file that is there and can be read, before anything is begun. */
export type InputFile = { path: string; size: number };

export async function inputFile(path: string): Promise<InputFile> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`There is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder; name the file in it`);
  await access(path, constants.R_OK).catch(() => {
    throw new UsageError(`${path} cannot be read: its permissions do not allow it`);
  });
  return { path, size: found.size };
}

/** The bytes of a file, telling how many have been taken so far. */
export async function* bytesOf(
  { path }: InputFile,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of createReadStream(path)) {
    yield chunk;
    read += chunk.length;
    onRead(read);
  }
}
