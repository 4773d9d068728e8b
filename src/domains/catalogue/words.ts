import { LRUCache } from 'lru-cache';
import { stemmer } from 'stemmer';

/** A word as it stands in a text, without case and accents, and the term under which all its forms are found. */
export type Word = {
  text: string;
  term: string;
  /** Two words that a hyphen holds together, written as one: found so, but nothing to show to people. */
  isJoined?: true;
};

// Letters that Unicode does not take apart into a plain one and an accent.
const LIGATURES: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents, ligatures and trade marks: "Crème Brûlée™" and "creme brulee" are the same. */
export const foldText = (text: string) =>
  text
    .replace(/[™®©℠]/g, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđþı]/g, (letter) => LIGATURES[letter] ?? letter);

const STOP_WORDS = new Set(
  `a an and are as at be but by for from has have if in into is it its no not of off on or our out so such than that
  the their then there these they this those to was we were what when which who will with you your`.split(
    /\s+/,
  ),
);

// "t-shirt" is one word here, and so is "1.5"; what the apostrophe of "men's" leaves behind is none.
const WORD = /[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+|[.,]\p{N}+)*/gu;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
const LONGEST_WORD = 40;

/** The words of a stored text; of "T-Shirt" also "shirt" and "tshirt", as people may look for either. */
export const textWords = (text: string): Word[] =>
  wordsOf(text, (parts) => [...parts.map(wordOf), { ...wordOf(parts.join('')), isJoined: true }]);

/** The words of what somebody searches for; "t-shirt" is looked for as "tshirt", "wi-fi" as "wifi". */
export const typedWords = (text: string): Word[] =>
  wordsOf(text, (parts) => (parts.every(({ length }) => length > 2) ? parts : [parts.join('')]).map(wordOf));

function wordsOf(text: string, ofHyphened: (parts: string[]) => Word[]): Word[] {
  const plain = foldText(text).replace(/['’`]s?(?![\p{L}\p{N}])|['’`]/gu, '');
  const found = plain.replace(/[‐‑]/g, '-').match(WORD) ?? [];
  return found.flatMap((word) =>
    word.includes('-') ? ofHyphened(word.split('-')) : segments(word).map(wordOf),
  );
}

function wordOf(whole: string): Word {
  const text = whole.slice(0, LONGEST_WORD);
  return { text, term: termOf(text) };
}

/** Words of writings that put no spaces between them. */
function segments(word: string): string[] {
  if (!WITHOUT_SPACES.test(word)) return [word];
  return [...segmenter.segment(word)].map(({ segment }) => segment);
}

/** Words that every text has tell no products apart, and a single letter tells next to nothing. */
export const tellsApart = ({ text }: Word) => !STOP_WORDS.has(text) && !/^[a-z]$/.test(text);

// Plurals that the stemmer does not bring together with their singular.
const SINGULARS: Record<string, string> = {
  ...{ men: 'man', women: 'woman', children: 'child', feet: 'foot', teeth: 'tooth', geese: 'goose' },
  ...{ mice: 'mouse', knives: 'knife', wives: 'wife', lives: 'life', leaves: 'leaf', loaves: 'loaf' },
  ...{ halves: 'half', calves: 'calf', shelves: 'shelf', scarves: 'scarf', wolves: 'wolf', elves: 'elf' },
  ...{ buses: 'bus', gases: 'gas', irises: 'iris', canvases: 'canvas', lenses: 'lens', atlases: 'atlas' },
  ...{ cactuses: 'cactus', cacti: 'cactus' },
};

// A catalogue says the same words over and over, and to stem one is dear.
const terms = new LRUCache<string, string>({ max: 20_000 });

/** English forms of a word share a term; words in other writings stay as they are. */
export function termOf(text: string): string {
  if (!/^[a-z]{3,}$/.test(text)) return text;
  const known = terms.get(text);
  if (known !== undefined) return known;
  const term = stemmer(SINGULARS[text] ?? text);
  terms.set(text, term);
  return term;
}

/** Numbers are found as they are typed; model numbers would only crowd a vocabulary. */
export const hasLetters = (term: string) => /\p{L}/u.test(term);
