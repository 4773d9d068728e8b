import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { freePort } from './free-port.ts';

/** What DATA_DIR says of a server that belongs to it. The port stays the same from start to start. */
export interface ServerRecord {
  port: number;
  pid?: number;
}

export async function readRecord(file: string): Promise<ServerRecord | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const { port, pid } = parseRecord(text);
  if (!Number.isInteger(port)) return undefined;
  return { port: Number(port), pid: Number.isInteger(pid) ? Number(pid) : undefined };
}

/** A file that is not JSON counts as none: it is written anew at the next start. */
function parseRecord(text: string): { port?: unknown; pid?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Renamed into place, so that a reader never sees half of it. */
export async function writeRecord(file: string, record: ServerRecord) {
  await rename(await writeBeside(file, record), file);
}

/** The recorded port; where there is none, a free one. Two that start at once agree on one: the first link wins. */
export async function agreedPort(file: string): Promise<number> {
  const record = await readRecord(file);
  if (record) return record.port;
  await rm(file, { force: true });
  const written = await writeBeside(file, { port: await freePort() });
  await link(written, file).catch(ignoreExisting);
  await rm(written);
  return agreedPort(file);
}

/** Records another port, for when somebody else listens on the recorded one by now. */
export async function anotherPort(file: string) {
  const other = await freePort();
  await writeRecord(file, { port: other });
  return other;
}

async function writeBeside(file: string, record: ServerRecord) {
  const beside = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(beside, `${JSON.stringify(record)}\n`);
  return beside;
}

function ignoreExisting(error: NodeJS.ErrnoException) {
  if (error.code !== 'EEXIST') throw error;
}
