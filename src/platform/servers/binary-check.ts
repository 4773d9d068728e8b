import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** What a binary has to say of itself: `version` finds "major.minor" in the answer to `--version`. */
export interface BinaryCheck {
  name: string;
  version: RegExp;
  atLeast: [major: number, minor: number];
}

export async function findOnPath(path: string, name: string) {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  throw new Error(`no ${name} in any of its folders`);
}

async function isExecutable(file: string) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Runs `binary --version`, since a file that is there may still lack a library or be too old. */
export async function checkBinary(binary: string, check: BinaryCheck) {
  const file = resolve(binary);
  const answer = await askVersion(file);
  const [, major, minor] = check.version.exec(answer) ?? [];
  if (!major || !minor) throw new Error(`${file} does not say which version of ${check.name} it is`);
  const [wantedMajor, wantedMinor] = check.atLeast;
  const recent = +major > wantedMajor || (+major === wantedMajor && +minor >= wantedMinor);
  if (!recent)
    throw new Error(`${file} is ${major}.${minor}, ${wantedMajor}.${wantedMinor} or later is needed`);
  return file;
}

async function askVersion(file: string) {
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 15_000 });
    return stdout;
  } catch (error) {
    throw new Error(`${file} does not run: ${whyItFailed(error)}`);
  }
}

/** What the program itself said last, which tells more than "Command failed". */
function whyItFailed(error: unknown) {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error ? String(error.stderr).trim() : '';
  return stderr.split('\n').at(-1) || error.message;
}
