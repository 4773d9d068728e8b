/**
 * The fields that BSON writes for a value, or undefined for a value that is no document. Objects without a prototype
 * (arguments of GraphQL) and Maps count: what mongod would read as a field must not hide from our checks.
 */
export function fieldsOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if ('_bsontype' in value || value instanceof Date || value instanceof RegExp) return undefined;
  if (ArrayBuffer.isView(value)) return undefined;
  if ('toBSON' in value) throw new Error('An object that writes itself (toBSON) cannot be checked');
  return value instanceof Map ? [...value] : Object.entries(value);
}

const SERVER_SIDE_CODE = new Set(['$where', '$function', '$accumulator']);

/** Refuses JavaScript that mongod would run, wherever it hides in a filter, an update, a projection or a pipeline. */
export function refuseServerSideCode(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) refuseServerSideCode(item);
    return;
  }
  for (const [key, inner] of fieldsOf(value) ?? []) {
    if (SERVER_SIDE_CODE.has(key)) throw new Error(`${key} runs code inside mongod and is refused`);
    refuseServerSideCode(inner);
  }
}
