import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from '../../../src/platform/log.ts';
import { folderTransport } from '../../../src/platform/mail/folder.ts';
import { type MailTransport, openMailer } from '../../../src/platform/mail/mail.ts';
import { smtpTransport } from '../../../src/platform/mail/smtp.ts';
import { atEnd } from '../../support/mongo.ts';
import { openSmtpServer } from './smtp-server.ts';

const log = createLog('silent');
const letter = {
  to: 'ada@example.com',
  subject: 'Grüße',
  text: 'Hello Ada,\n\n.a line that begins with a dot\n',
};

it('hands a letter to an SMTP server', async () => {
  const server = await openSmtpServer();
  const mailer = openMailer(await smtpTransport(server.url, 'Tea <tea@example.com>'), log);

  mailer.post(letter);
  mailer.post({ ...letter, to: 'grace@example.com' });
  await mailer.close();

  expect(server.received).toHaveLength(2);
  const [first] = server.received;
  expect(first?.commands).toContain('MAIL FROM:<tea@example.com>');
  expect(first?.commands).toContain('RCPT TO:<ada@example.com>');
  expect(first?.message).toMatch(/^From: Tea <tea@example\.com>\r$/m);
  expect(first?.message).toMatch(/^To: ada@example\.com\r$/m);
  expect(first?.message).toMatch(/^Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=\r$/m);
  expect(first?.message).toContain('\r\n..a line that begins with a dot');
});

it('tries again when the server is not ready for a letter', async () => {
  const server = await openSmtpServer();
  const mailer = openMailer(await smtpTransport(server.url, 'tea@example.com'), log);
  server.refuseNext(1);

  mailer.post(letter);

  await expect.poll(() => server.received.length, { timeout: 10_000 }).toBe(1);
  await mailer.close();
});

it('tries a letter once more when the process ends, and does not wait', async () => {
  let tries = 0;
  const broken: MailTransport = {
    send: async () => {
      tries += 1;
      throw new Error('no route to the mail server');
    },
    close: () => {},
  };
  const mailer = openMailer(broken, log);
  mailer.post(letter);
  await expect.poll(() => tries).toBe(1);
  await mailer.close();
  expect(tries).toBe(2);
});

it('writes letters to files that nobody else may read, where there is no SMTP server', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'souk-mail-')), 'mail');
  atEnd(() => rm(folder, { recursive: true }));
  const mailer = openMailer(folderTransport(folder, 'tea@example.com', log), log);

  mailer.post(letter);
  await mailer.close();

  const [file = ''] = await readdir(folder);
  expect(await readFile(join(folder, file), 'utf8')).toBe(
    `From: tea@example.com\nTo: ada@example.com\nSubject: Grüße\n\n${letter.text}`,
  );
  expect((await stat(join(folder, file))).mode & 0o077).toBe(0);
});
