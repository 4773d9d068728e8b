import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../../src/config.ts';
import { type Finding, orWrong, warned, well, wrong } from '../../../src/platform/finding.ts';

const LEAST_NODE = 24;
const GB = 1e9;

export function nodeVersion(version = process.versions.node): Finding {
  const [major] = version.split('.', 1);
  return Number(major) >= LEAST_NODE
    ? well('Node', version)
    : wrong(
        'Node',
        `${version} is too old`,
        `Use Node ${LEAST_NODE} or newer; npm ci brings one for the scripts`,
      );
}

/** A mongod without room stops, and with it the shop. */
export const diskFree = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Promise<Finding> =>
  orWrong(
    'Disk',
    async () => {
      const { bavail, blocks, bsize } = await statfs(existing(resolve(DATA_DIR)));
      const free = bavail * bsize;
      const says = `${(free / GB).toFixed(1)} GB free for DATA_DIR (${DATA_DIR}), ${Math.floor((100 * bavail) / blocks)} %`;
      if (free < GB) return wrong('Disk', says, 'Make room before MongoDB stops: at least 5 GB');
      return free < 5 * GB ? warned('Disk', says, 'Make room: at least 5 GB') : well('Disk', says);
    },
    'DATA_DIR is a folder that this user may write to',
  );

/** The folder itself, or that in which it will be made. */
const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

/** Secrets of a deployment; nobody needs them to try Souk out. */
export function secrets({ NODE_ENV, SECRETS_KEY, OPERATOR_KEY, MONGODB_URI }: Config): Finding[] {
  const production = NODE_ENV === 'production' || MONGODB_URI !== undefined;
  const keyHelp = 'Set SECRETS_KEY to what openssl rand -base64 32 prints';
  return [
    SECRETS_KEY?.every(isRandom) === false
      ? wrong('SECRETS_KEY', 'is no random key: its bytes repeat', keyHelp)
      : SECRETS_KEY || !production
        ? well('SECRETS_KEY', SECRETS_KEY ? 'is set' : 'is not set, and not needed to try Souk out')
        : warned(
            'SECRETS_KEY',
            'is not set: keys of payment providers and webhooks cannot be stored',
            keyHelp,
          ),
    OPERATOR_KEY && new Set(OPERATOR_KEY).size < 10
      ? wrong('OPERATOR_KEY', 'is easy to guess', 'npm run operator-key makes one; unset OPERATOR_KEY then')
      : well('OPERATOR_KEY', OPERATOR_KEY ? 'is set' : 'is not set: only keys of npm run operator-key count'),
  ];
}

const isRandom = (key: Uint8Array) => new Set(key).size >= 12;
