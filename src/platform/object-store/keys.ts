import { StoreError } from './store-error.ts';

/** Of a bucket, and of a name in most file systems. */
const [KEY_BYTES, NAME_BYTES] = [1_024, 255];

/** What a folder keeps unfinished objects in, beside the finished ones. */
export const UNFINISHED = '.unfinished';

/** Keys are paths with `/`, the same for every store: what would leave a folder, or be lost in one, is refused. */
export function checkKey(key: string): string {
  const fault = faultOf(key);
  if (fault) throw new StoreError(`The key "${key}" ${fault}`);
  return key;
}

function faultOf(key: string): string | undefined {
  const names = key.split('/');
  if (names.some((name) => name === '')) return 'has an empty part: it is like folder/name';
  if (names.some((name) => name === '.' || name === '..'))
    return 'has a part . or .., which leaves its folder';
  if (names[0] === UNFINISHED) return `lies in ${UNFINISHED}, which is the store's own`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(key)) return 'has a backslash or a control character';
  if (Buffer.byteLength(key) > KEY_BYTES) return `is longer than ${KEY_BYTES} bytes`;
  if (names.some((name) => Buffer.byteLength(name) > NAME_BYTES))
    return `has a part over ${NAME_BYTES} bytes`;
  return undefined;
}
