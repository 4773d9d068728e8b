import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { MailTransport } from './mail.ts';

/** For trying things out: each letter becomes a file, and the log says where. */
export function folderTransport(folder: string, from: string, log: Log): MailTransport {
  return {
    send: async ({ to, subject, text }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${Date.now()}-${randomUUID()}.txt`);
      // What stands in it may open an account, so it is for nobody else on this machine.
      await writeFile(file, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`, { mode: 0o600 });
      log.info({ to, subject, file }, 'a letter was written to a file; set SMTP_URL to send letters');
    },
    close: () => {},
  };
}
