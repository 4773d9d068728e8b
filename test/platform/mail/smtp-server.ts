import { createServer, type Socket } from 'node:net';
import { atEnd } from '../../support/mongo.ts';

export type SmtpServer = {
  url: string;
  /** What clients said before each message, and the message. */
  received: { commands: string[]; message: string }[];
  /** Answers the next so many messages with "try again later". */
  refuseNext: (messages: number) => void;
};

/** A mail server as small as can be that speaks SMTP with a real client. */
export async function openSmtpServer(): Promise<SmtpServer> {
  const received: SmtpServer['received'] = [];
  let refusals = 0;
  const accept = () => {
    if (refusals === 0) return true;
    refusals -= 1;
    return false;
  };
  const server = createServer((socket) =>
    converse(socket, (mail) => {
      const accepted = accept();
      if (accepted) received.push(mail);
      return accepted;
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server listens nowhere');
  atEnd(async () => void server.close());
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    refuseNext: (messages) => {
      refusals = messages;
    },
  };
}

function converse(socket: Socket, take: (mail: { commands: string[]; message: string }) => boolean) {
  let pending = '';
  let commands: string[] = [];
  let inMessage = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.setEncoding('utf8').on('error', () => {});
  say('220 test mail server');
  socket.on('data', (chunk) => {
    pending += chunk;
    for (;;) {
      const end = inMessage ? '\r\n.\r\n' : '\r\n';
      const at = pending.indexOf(end);
      if (at < 0) return;
      const text = pending.slice(0, at);
      pending = pending.slice(at + end.length);
      if (inMessage) {
        inMessage = false;
        say(take({ commands, message: text }) ? '250 taken' : '451 try again later');
        commands = [];
        continue;
      }
      commands.push(text);
      if (text === 'DATA') inMessage = true;
      if (text === 'QUIT') return void socket.end('221 bye\r\n');
      say(inMessage ? '354 go on' : '250 fine');
    }
  });
}
