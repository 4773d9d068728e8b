import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line an event; secrets never reach it. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.authorization', '*["x-api-key"]', '*.password', '*.secret', '*.token'],
  });
