import { blocksOf, lineAt, pages, proseOf, readHere } from './markdown.ts';

/** An `npm run` of the docs. `shown` in a block to be copied, or else named in a sentence or a table. */
export type Documented = {
  page: string;
  line: number;
  script: string;
  argv: string[];
  shown: boolean;
  /** Whether a comment of its block says why no test runs it. */
  excused: boolean;
  fault: string | null;
};

const COMMAND = /^(?:[A-Z_]+=\S+\s+)*npm run ([\w:-]+)(.*)$/s;

/** Words as a shell makes them, up to a comment. */
function wordsOf(text: string): string[] {
  const words = [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((found) => found.slice(1).join(''));
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

type Place = Pick<Documented, 'page' | 'line' | 'shown' | 'excused'>;

function commandOf(text: string, place: Place): Documented[] {
  const [, script, rest = ''] = COMMAND.exec(text.trim()) ?? [];
  if (script === undefined) return [];
  const [dashes, ...argv] = wordsOf(rest);
  const fault = dashes === undefined || dashes === '--' ? null : `needs -- before ${dashes}`;
  return [{ ...place, script, argv, fault }];
}

function shownIn(page: string): Documented[] {
  return blocksOf(page)
    .filter(({ lang }) => lang === 'sh')
    .flatMap(({ text, line }) => {
      const excused = /# not run here: \S/.test(text);
      const commands = text.replaceAll('\\\n', ' ').split(/\n|&&|\|/);
      return commands.flatMap((one) => commandOf(one, { page, line, shown: true, excused }));
    });
}

/** In a sentence, `npm run export` is the name of a script; what has options is to be typed. */
function namedIn(page: string): Documented[] {
  const prose = proseOf(page);
  return [...prose.matchAll(/`([^`]*\bnpm run [^`]* -- [^`]+)`/g)].flatMap(({ 1: text = '', index }) =>
    commandOf(text, { page, line: lineAt(prose, index), shown: false, excused: false }),
  );
}

export const documented: Documented[] = pages.flatMap((page) => [...shownIn(page), ...namedIn(page)]);

const { scripts } = JSON.parse(readHere('package.json')) as { scripts: Record<string, string> };

export const scriptNames = Object.keys(scripts);

/** The file that a script runs, where it is one of ours and takes what is given. */
export const fileOf = (name: string) => /\bnode (\S+\.ts)$/.exec(scripts[name] ?? '')?.[1];
