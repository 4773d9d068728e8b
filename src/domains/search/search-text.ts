import { badInput } from '../../platform/errors.ts';
import { tellsApart, typedWords, type Word } from '../catalogue/words.ts';

const MOST_LETTERS = 200;
const MOST_WORDS = 8;

export type SearchText = { text: string; words: Word[] };

/** What is searched for; null where nothing was typed. Words beyond the eighth are left out. */
export function readSearch(typed: string | null | undefined): SearchText | null {
  const text = typed?.trim() ?? '';
  if (text === '') return null;
  if (text.length > MOST_LETTERS) {
    throw badInput(`A search has at most ${MOST_LETTERS} letters, not ${text.length}`, 'search');
  }
  return { text, words: tellingWords(text).slice(0, MOST_WORDS) };
}

/** Each word once. Of words that say nothing ("the") the last is kept when there are no others: it may go on. */
function tellingWords(text: string): Word[] {
  const words = [...new Map(typedWords(text).map((word) => [word.term, word])).values()];
  const telling = words.filter(tellsApart);
  return telling.length > 0 ? telling : words.slice(-1);
}
