import { expect } from 'vitest';
import { nodemailer } from '../../../../src/catalog/libraries/nodemailer.js';
import { run, type LibraryChecks } from '../check.js';
import { withLineServer, type LineServer } from '../support/line-server.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { wait } from '../support/site.js';

const MAIL = { from: 'from@example.org', to: 'to@example.org', text: 'text' };

/** Runs something with a server that takes every mail. */
function withSmtpServer<T>(use: (server: LineServer) => Promise<T>): Promise<T> {
  let inMail = false;
  return withLineServer(
    {
      greeting: '220 ready\r\n',
      answer: (line) => {
        if (inMail && line !== '.') return undefined;
        inMail = line === 'DATA';
        return inMail ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
      },
    },
    use,
  );
}

async function transportTo(port: number) {
  const { createTransport } = await import('nodemailer');
  return createTransport({ pool: true, host: '127.0.0.1', port, ignoreTLS: true });
}

const creator = creatorOf(nodemailer, 'createTransport');

export default {
  library: 'nodemailer',
  packages: ['nodemailer'],
  checks: [
    run(['createTransport: connects', 'createTransport: dispose'], 'connects with the first mail', () =>
      withSmtpServer(async ({ open, opened, port }) => {
        const transport = await transportTo(port);
        expectDispose(transport, creator, { sync: false, async: false });
        await wait(60);
        expect(opened()).toBe(0);
        await transport.sendMail(MAIL);
        expect(open()).toBe(1);
        transport.close();
        expect(creator.connects).toBe('lazy');
      }),
    ),
    run(['createTransport: close'], 'close() ends the connections of the pool at once', () =>
      withSmtpServer(async ({ open, port }) => {
        await expectCloses(
          creator,
          { close: 'at once' },
          {
            make: async () => {
              const transport = await transportTo(port);
              await transport.sendMail(MAIL);
              return transport;
            },
            open,
          },
        );
        const transport = await transportTo(port);
        transport.close();
        await expect(transport.sendMail(MAIL)).rejects.toThrow('Connection pool was closed');
        expect(creator.close[0]?.mode).toBe('forced');
      }),
    ),
    run(['holds process'], 'holds the process once it was used, until the pool gives up an idle connection', () =>
      withSmtpServer(async ({ port }) => {
        const program = (options: object, use: string) => `
          import { createTransport } from 'nodemailer';
          const transport = createTransport(${JSON.stringify({ host: '127.0.0.1', port, ignoreTLS: true, ...options })});
          ${use}
        `;
        const send = `await transport.sendMail(${JSON.stringify(MAIL)});`;
        expect(await holdsProcess(program({ pool: true }, ''))).toBe(false);
        expect(await holdsProcess(program({ pool: true }, send))).toBe(true);
        expect(await holdsProcess(program({ pool: true, idleTimeout: 100 }, send), 2_000)).toBe(false);
        expect(await holdsProcess(program({}, send))).toBe(false);
        expect(nodemailer.holdsProcess).toBe('until-idle-timeout');
      }),
    ),
  ],
} satisfies LibraryChecks;
