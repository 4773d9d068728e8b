import type { Connections } from './connections.ts';
import type { BackupStatus } from './platform/backup/verify.ts';
import type { Readiness } from './platform/http/server.ts';

/**
 * Whether requests should come here: MongoDB answers, and the server is warm. Redis is said to be away and is no reason
 * to refuse anybody: everything works without it, and it would be away for all servers at once.
 */
export async function readinessOf(
  { database, services }: Connections,
  warm: boolean,
  backupStatus?: () => Promise<BackupStatus | null>,
): Promise<Readiness> {
  const [mongodb, redis, backup] = await Promise.all([
    database.ping().then(
      () => 'ok',
      (error) => String(error.message),
    ),
    services.redis?.ping().then((answers) => (answers ? 'ok' : 'does not answer; going on without it')),
    backupStatus?.().then(sayStatus, (error) => String(error.message)),
  ]);
  return {
    ready: warm && mongodb === 'ok',
    checks: {
      mongodb,
      ...(redis && { redis }),
      ...(backup && { backup }),
      ...(!warm && { server: 'warming up' }),
    },
  };
}

function sayStatus(status: BackupStatus | null): string {
  if (!status) return 'none; BACKUP_TO is not set';
  const { lastSnapshot, reachesTo, lastVerified } = status;
  return `last snapshot ${ageOf(lastSnapshot)}, changes copied up to ${ageOf(reachesTo)}, restored for a trial ${ageOf(lastVerified)}`;
}

/** To the second, minute, hour or day. */
function ageOf(at: Date | null): string {
  if (!at) return 'never';
  const seconds = Math.max(0, Math.round((Date.now() - at.getTime()) / 1_000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}
