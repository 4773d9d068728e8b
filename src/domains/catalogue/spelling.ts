/** What can go wrong at a keyboard counts one each: a letter too many, one too few, a wrong one, two the wrong way round. */

const SHORTEST = 4;
const LONG = 8;
/** Keys are made of the beginning of a word alone, so that long words do not have hundreds. */
const KEYED_LETTERS = 7;

/** How many slips a word may have and still be recognised. */
export const slipsAllowed = (word: string): 0 | 1 | 2 => {
  if (word.length < SHORTEST || /\P{L}/u.test(word)) return 0;
  return word.length < LONG ? 1 : 2;
};

/**
 * What is left of a word when up to so many letters are dropped. Two words within that many slips of each other share
 * a key, so that looking for a key finds them all without a comparison with each word of the shop.
 */
export function typoKeys(word: string, slips: number): string[] {
  const keys = new Set([word.slice(0, KEYED_LETTERS)]);
  let longest = [...keys];
  for (let dropped = 0; dropped < slips; dropped++) {
    longest = longest.flatMap((key) => Array.from(key, (_, i) => key.slice(0, i) + key.slice(i + 1)));
    for (const key of longest) keys.add(key);
  }
  return [...keys].filter((key) => key !== '');
}

/** The keys under which a word is kept: enough for whatever is typed that the slips allowed make of it. */
export const storedTypoKeys = (word: string) => typoKeys(word, word.length < LONG - 2 ? 1 : 2);

/** How many slips lie between two words, or more than `most`. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, above] = [[] as number[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, { row, above, before }));
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length] ?? 0;
}

type Rows = { row: number[]; above: number[]; before: number[] };

/** The slips between the first i letters of a and the first j of b. */
function cheapest(a: string, b: string, i: number, j: number, { row, above, before }: Rows): number {
  const same = a[i - 1] === b[j - 1];
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return Math.min(
    at(above, j) + 1,
    at(row, j - 1) + 1,
    at(above, j - 1) + (same ? 0 : 1),
    swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
  );
}

const at = (row: number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
