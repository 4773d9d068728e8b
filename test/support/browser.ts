import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type LaunchOptions } from 'playwright-core';
import { serverCacheDir } from '../../src/platform/servers/binary-cache.ts';

const run = promisify(execFile);

/** Starts headless Chromium: the system's where there is one, else the one that an npm package carries. */
export async function openBrowser() {
  const installed = findInstalledChromium();
  const options = installed ? { executablePath: installed } : await packagedChromium();
  // Containers and CI run as root or without user namespaces: there Chromium does not start with its sandbox.
  return chromium.launch({ ...options, args: ['--no-sandbox', '--font-render-hinting=none'] });
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function findInstalledChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...places, ON_MAC].find((place) => existsSync(place));
}

async function packagedChromium(): Promise<LaunchOptions> {
  const folder = await unpackOnce();
  const env = {
    ...process.env,
    // nss, nspr and expat, which a bare system lacks, and a font, without which pages show no text.
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  return { executablePath: join(folder, 'chromium'), env };
}

/**
 * Unpacks beside the place and moves the whole there: of two processes that start at once both unpack, one move
 * succeeds, and nobody sees half a browser.
 */
async function unpackOnce() {
  const cache = serverCacheDir(process.env);
  const folder = join(cache, `chromium-${await packageVersion()}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'incomplete-'));
  try {
    await unpackInto(fresh);
    await writeFile(join(fresh, 'fonts.conf'), fontsConf(folder));
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

const packageEntry = () => import.meta.resolve('@sparticuz/chromium');

async function packageVersion(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', packageEntry()), 'utf8');
  return JSON.parse(manifest).version;
}

const ARCHIVES = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

/** In a process of its own, because the package unpacks into TMPDIR and nowhere else. */
async function unpackInto(folder: string) {
  const paths = ARCHIVES.map((name) => fileURLToPath(new URL(`../bin/${name}`, packageEntry())));
  const script = `import { inflate } from ${JSON.stringify(packageEntry())};
    await Promise.all(${JSON.stringify(paths)}.map((path) => inflate(path)));`;
  const env = { ...process.env, TMPDIR: folder };
  await run(process.execPath, ['--input-type=module', '--eval', script], { env });
}

/** The system's fonts where it has any, for writing systems and widths that the package's one font lacks. */
const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;
