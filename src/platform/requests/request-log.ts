import type { IncomingMessage } from 'node:http';
import { nameRequest } from '../http/headers.ts';
import type { Log } from '../log.ts';
import { beginRecord, type RequestRecord, recordOf } from './record.ts';
import { type Explain, round, slowOperations } from './slow-operations.ts';

/** Of which requests a line is written: of all, of those that were slow or failed by our fault, or of none. */
export type LoggedRequests = 'all' | 'slow' | 'off';

export type RequestLogOptions = { log: Log; logged: LoggedRequests; slowMs: number; explain: Explain };

export type RequestLog = {
  begin: (req: IncomingMessage) => void;
  end: (req: IncomingMessage, route: string, status: number, seconds: number) => void;
};

/** They come every second or two, and say nothing where they go well. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const OUR_FAULTS = new Set(['INTERNAL', 'SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED']);

/** Null where nothing is to be logged, and nothing is noted either. */
export function requestLog({ log, logged, slowMs, explain }: RequestLogOptions): RequestLog | null {
  if (logged === 'off' || !log.isLevelEnabled('warn')) return null;
  const tellSlow = slowOperations(log, explain);
  return {
    begin: beginRecord,
    end: (req, route, status, seconds) => {
      const record = recordOf(req);
      const ms = seconds * 1_000;
      const isSlow = ms >= slowMs && record?.isStream !== true;
      if (!isSlow && !isWanted(logged, route, status, record)) return;
      const line = lineOf(req, route, status, round(ms), record);
      log.info(line, 'request');
      if (isSlow && record) void tellSlow(record, line);
    },
  };
}

function isWanted(logged: LoggedRequests, route: string, status: number, record?: RequestRecord): boolean {
  if (status >= 500 || record?.codes.some((code) => OUR_FAULTS.has(code))) return true;
  return logged === 'all' && !PROBES.has(route);
}

/** Without the query string, which may hold what somebody is looking for. */
const lineOf = (req: IncomingMessage, route: string, status: number, ms: number, record?: RequestRecord) => ({
  requestId: nameRequest(req),
  tenant: record?.tenant ?? null,
  caller: record?.caller ?? null,
  operation: record?.operation ?? null,
  kind: record?.kind ?? null,
  route,
  method: req.method,
  status,
  ms,
  commands: record?.commands.count ?? 0,
  cost: record?.cost ?? null,
  ...(record?.cache && { cache: record.cache }),
  ...(record && record.codes.length > 0 && { errors: record.codes }),
});
