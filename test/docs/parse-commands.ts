// Run by commands.test.ts in a process of its own. It imports scripts up to where they read their command line, so that
// nothing of them happens, and says of each line of [file, ...words] why that script would not take it.
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import { Command, CommanderError } from 'commander';

type Parser = (argv: string[]) => void;

class Stopped extends Error {}

let reached: Parser | undefined;

const { parse, action } = Command.prototype;
const { parseArgs } = util;

function stop(parser: Parser): never {
  reached = parser;
  throw new Stopped();
}

Command.prototype.parse = function () {
  return stop(parserOf(this));
};
Command.prototype.parseAsync = function () {
  return stop(parserOf(this));
};
Command.prototype.action = function () {
  return action.call(this, () => {});
};
util.parseArgs = (config) => stop((args) => parseArgs({ ...config, args }));
syncBuiltinESMExports();

function parserOf(command: Command): Parser {
  neverExit(command);
  return (argv) => parse.call(command, argv, { from: 'user' });
}

function neverExit(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  command.commands.forEach(neverExit);
}

const takesNothing: Parser = ([word]) => {
  if (word !== undefined) throw new Error(`the script reads no command line: ${word}`);
};

async function parserIn(file: string): Promise<Parser> {
  if (!/from 'commander'|\bparseArgs\(/.test(readFileSync(file, 'utf8'))) return takesNothing;
  reached = undefined;
  await import(pathToFileURL(file).href).catch((error) => {
    if (!(error instanceof Stopped)) throw error;
  });
  if (reached === undefined) throw new Error(`${file} did not come to read its command line`);
  return reached;
}

function faultOf(parser: Parser, argv: string[]): string | null {
  try {
    parser(argv);
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    return (error as Error).message;
  }
}

const lines = JSON.parse(process.argv[2] ?? '[]') as [file: string, ...argv: string[]][];
const parsers = new Map<string, Parser>();
for (const [file] of lines) if (!parsers.has(file)) parsers.set(file, await parserIn(file));
const faults = lines.map(([file, ...argv]) => faultOf(parsers.get(file) ?? takesNothing, argv));
// `run` of a script takes the stop for a failure.
process.exitCode = 0;
console.log(JSON.stringify(faults));
