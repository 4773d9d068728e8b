import { open } from 'node:fs/promises';

const LINE_LIMIT = 500;

/** The last lines in which mongod complained, or just the last, from the given place in its log on. */
export async function lastComplaints(logFile: string, from: number) {
  const lines = (await readFrom(logFile, from)).split('\n').filter(Boolean).map(readLine);
  const complaints = lines.filter(({ grave }) => grave);
  const told = complaints.length > 0 ? complaints : lines;
  return told
    .slice(-5)
    .map(({ text }) => `  ${text}`)
    .join('\n');
}

async function readFrom(file: string, from: number) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read({ buffer: Buffer.alloc(Math.max(0, size - from)), position: from });
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

/** mongod logs JSON, but for what goes wrong before it reads its options or loads its libraries. */
function readLine(line: string) {
  try {
    const { s, msg, attr } = JSON.parse(line);
    const text = attr ? `${msg} ${JSON.stringify(attr)}` : `${msg}`;
    // What goes on for pages, such as a stack trace, helps nobody in a terminal.
    return { grave: s === 'E' || s === 'F', text: text.replace(/\s+/g, ' ').slice(0, LINE_LIMIT) };
  } catch {
    return { grave: true, text: line };
  }
}
