import type { MailTransport } from './mail.ts';

const CONNECT_MS = 5_000;
const SILENCE_MS = 10_000;

/** An SMTP server: `smtp://user:password@host:587` (with STARTTLS where it is offered) or `smtps://…:465`. */
export async function smtpTransport(url: string, from: string): Promise<MailTransport> {
  const { createTransport } = await import('nodemailer');
  const server = createTransport({
    url,
    pool: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async (letter) => void (await server.sendMail({ from, ...letter })),
    close: () => server.close(),
  };
}
