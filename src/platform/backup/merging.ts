import type { ObjectStore } from '../object-store/object-store.ts';
import { listSegments, readSegment, type Segment, segmentKey } from './catalog.ts';
import { endingOf, sealBytes, unsealBytes } from './sealing.ts';

/** Compressed; what is merged is in memory as a whole. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Makes large segments of small ones that end before a position: one a second is too many to keep for months. The large
 * one is stored before the small ones go; what is in both is applied once.
 */
export async function mergeSegments(store: ObjectStore, key: Buffer | null, before: string): Promise<number> {
  const old = (await listSegments(store)).filter(({ to }) => to < before);
  let merged = 0;
  for (const group of groupsOf(old)) {
    await merge(store, key, group);
    merged += group.length;
  }
  return merged;
}

/** Stretches without a gap, as long as one file may be. */
export function groupsOf(segments: Segment[]): Segment[][] {
  const groups: Segment[][] = [];
  let [bytes, reached] = [0, ''];
  for (const segment of segments) {
    const group = groups.at(-1);
    const fits = bytes + segment.bytes <= MOST_BYTES && segment.from <= reached;
    if (group && fits) group.push(segment);
    else groups.push([segment]);
    bytes = group && fits ? bytes + segment.bytes : segment.bytes;
    reached = group && fits && reached > segment.to ? reached : segment.to;
  }
  return groups.filter(({ length }) => length > 1);
}

async function merge(store: ObjectStore, key: Buffer | null, group: Segment[]): Promise<void> {
  const parts: Buffer[] = [];
  for (const segment of group) parts.push(unsealBytes(await readSegment(store, segment), key));
  const { body, sha256 } = sealBytes(Buffer.concat(parts), key);
  const from = group[0]?.from ?? '';
  const to = group.reduce((last, segment) => (segment.to > last ? segment.to : last), '');
  const whole = segmentKey(from, to, sha256, endingOf(key));
  await store.put(whole, body);
  for (const part of group) if (part.key !== whole) await store.remove(part.key);
}
