import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

export type Letter = { to: string; subject: string; text: string };

/** A way that letters take: into a folder, or to an SMTP server. */
export type MailTransport = {
  /** Settles when the letter is handed over; throws when it was not. */
  send: (letter: Letter) => Promise<void>;
  close: () => void;
};

export type Mailer = {
  /** Sends a letter in the background: nobody waits for a mail server, or can tell by the time whether one was asked. */
  post: (letter: Letter) => void;
  /** Waits for what is being sent; what failed before is not tried again. */
  close: () => Promise<void>;
};

const PAUSES_MS = [1_000, 10_000];
const MOST_AT_ONCE = 1_000;

export function openMailer(transport: MailTransport, log: Log): Mailer {
  const underway = new Set<Promise<void>>();
  const closing = new AbortController();
  const deliver = async (letter: Letter) => {
    for (const pause of [...PAUSES_MS, null]) {
      try {
        return await transport.send(letter);
      } catch (error) {
        if (pause === null || closing.signal.aborted) throw error;
        log.warn({ err: error, to: letter.to }, 'a letter could not be handed over and is tried again');
        // Woken early when the process ends, for one last try.
        await sleep(pause, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  };
  return {
    post: (letter) => {
      if (underway.size >= MOST_AT_ONCE) {
        log.error({ to: letter.to }, 'a letter is lost: too many wait for the mail server');
        return;
      }
      const sent = deliver(letter)
        .catch((error) => log.error({ err: error, to: letter.to }, 'a letter is lost'))
        .finally(() => underway.delete(sent));
      underway.add(sent);
    },
    close: async () => {
      closing.abort();
      await Promise.all(underway);
      transport.close();
    },
  };
}
