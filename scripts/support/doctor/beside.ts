import type { Config } from '../../../src/config.ts';
import { webhookFigures } from '../../../src/domains/webhooks/figures.ts';
import { backupStores, watchedStatus } from '../../../src/platform/backup/watched-status.ts';
import { type Finding, orWrong, warned, well, wrong } from '../../../src/platform/finding.ts';
import type { SystemDb } from '../../../src/platform/mongo/system-db.ts';

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;
/** A worker writes down every few seconds how far it is. */
const LATE_S = MINUTE_S;
const WAITS_LONG_S = 15 * MINUTE_S;
const OLD_COPY_S = 5 * MINUTE_S;
const OLD_TRIAL_S = 3 * DAY_S;

const START = 'Start npm run worker, or npm run serve with WORKER=inside';

/** Whether somebody sends events to webhooks. */
export const worker = (db: SystemDb): Promise<Finding> =>
  orWrong(
    'Worker',
    async () => {
      const { outboxLagSeconds: lag, oldestSeconds } = await webhookFigures([db]);
      if (lag === null) return warned('Worker', 'none has run on this database yet', START);
      if (lag > LATE_S) return wrong('Worker', `none has handed out events for ${shown(lag)}`, START);
      if (oldestSeconds > WAITS_LONG_S)
        return warned(
          'Worker',
          `runs, but an event has waited for ${shown(oldestSeconds)}`,
          'Is its webhook paused, or its receiver away? See docs/webhooks.md',
        );
      return well('Worker', 'hands out events to webhooks');
    },
    'The database user may read its collections',
  );

type BackupConfig = Pick<
  Config,
  | ('BACKUP_TO' | 'NODE_ENV' | 'MONGODB_URI')
  | ('S3_ENDPOINT' | 'S3_REGION' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY')
>;

/** How much would be lost with the database, and whether what is kept can be restored. */
export function backup(config: BackupConfig): Finding | Promise<Finding> {
  const { BACKUP_TO, NODE_ENV, MONGODB_URI } = config;
  if (BACKUP_TO)
    return orWrong('Backup', () => standing(config), 'BACKUP_TO names folders or buckets that can be read');
  return NODE_ENV === 'production' || MONGODB_URI
    ? warned(
        'Backup',
        'BACKUP_TO is not set: nothing is copied',
        'Set it and run npm run worker; see docs/recovery.md',
      )
    : well('Backup', 'none, and not needed to try Souk out');
}

async function standing(config: BackupConfig): Promise<Finding> {
  const status = await watchedStatus(backupStores(config.BACKUP_TO, config))();
  const { reachesTo = null, lastVerified = null } = status ?? {};
  if (!reachesTo) return wrong('Backup', 'there is none in BACKUP_TO', 'Run npm run worker');
  const behind = ageOf(reachesTo);
  const says = `reaches up to ${shown(behind)} ago`;
  if (behind > OLD_COPY_S) return wrong('Backup', says, 'Run npm run worker, and look into its log');
  const trial = lastVerified && ageOf(lastVerified);
  return trial !== null && trial <= OLD_TRIAL_S
    ? well('Backup', `${says}, restored for a trial ${shown(trial)} ago`)
    : warned(
        'Backup',
        `${says}, but was ${trial === null ? 'never restored' : `last restored ${shown(trial)} ago`} for a trial`,
        'npm run worker does it once a day: look into its log; or run npm run backup -- verify',
      );
}

const ageOf = (at: Date): number => Math.max(0, (Date.now() - at.getTime()) / 1_000);

function shown(seconds: number): string {
  if (seconds < 2 * MINUTE_S) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 60 * MINUTE_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  return seconds < 2 * DAY_S ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / DAY_S)} days`;
}
