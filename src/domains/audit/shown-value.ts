import { isSecretName, mask } from './secrets.ts';

const LONGEST_TEXT = 2_000;
const DEEPEST = 20;
/** What a number, a date or an id takes, roughly. */
const SMALL = 16;

export type Shown = { value: unknown; size: number; cut: boolean };

/** What an entry shows of a value: secrets masked at any depth, and shortened with a mark to about `most` bytes. */
export function shownValue(value: unknown, most: number): Shown {
  const room: Room = { left: most, cut: false };
  const shown = shorten(value, room, 0);
  return { value: shown, size: most - room.left, cut: room.cut };
}

type Room = { left: number; cut: boolean };

function shorten(value: unknown, room: Room, depth: number): unknown {
  if (typeof value === 'string') return shortenText(value, room);
  if (ArrayBuffer.isView(value) || isBinary(value)) return marked(room, 'binary');
  if (typeof value !== 'object' || value === null || value instanceof Date || '_bsontype' in value) {
    room.left -= SMALL;
    return value;
  }
  if (depth === DEEPEST) return marked(room, 'nested too deeply');
  return Array.isArray(value) ? shortenList(value, room, depth) : shortenNested(value, room, depth);
}

const isBinary = (value: unknown) =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Binary';

function marked(room: Room, what: string): string {
  room.cut = true;
  const mark = `[cut: ${what}]`;
  room.left -= mark.length;
  return mark;
}

function shortenText(text: string, room: Room): string {
  const most = Math.max(0, Math.min(LONGEST_TEXT, room.left));
  const size = Buffer.byteLength(text);
  if (text.length <= LONGEST_TEXT && size <= room.left) {
    room.left -= size;
    return text;
  }
  // Half of a surrogate pair is no text that could be stored.
  const start = text
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  room.left -= Buffer.byteLength(start);
  return `${start}… ${marked(room, `${text.length} characters`)}`;
}

function shortenList(list: unknown[], room: Room, depth: number): unknown[] {
  const shown: unknown[] = [];
  for (const value of list) {
    if (room.left <= 0) return [...shown, marked(room, `${list.length - shown.length} more`)];
    shown.push(shorten(value, room, depth + 1));
  }
  return shown;
}

function shortenNested(nested: object, room: Room, depth: number): object {
  const shown: [string, unknown][] = [];
  const fields = Object.entries(nested);
  for (const [name, value] of fields) {
    if (room.left <= 0)
      return Object.fromEntries([...shown, ['…', marked(room, `${fields.length - shown.length} more`)]]);
    room.left -= Buffer.byteLength(name) + SMALL;
    shown.push([name, isSecretName(name) ? mask(value) : shorten(value, room, depth + 1)]);
  }
  return Object.fromEntries(shown);
}
