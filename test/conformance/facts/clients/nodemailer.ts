import { expect } from 'vitest';
import { nodemailer } from '../../../../src/catalog/libraries/nodemailer.js';
import { run, type LibraryChecks } from '../check.js';
import { withLineServer, type LineServer } from '../support/line-server.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { outcome, rejection } from '../support/outcome.js';
import { until, wait } from '../support/site.js';
import { withSocketServer, type SocketServer } from '../support/socket-server.js';

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

/** The same with a server that takes its time to accept a mail that has arrived. */
function withSlowServer<T>(use: (server: SocketServer & { readonly lines: readonly string[] }) => Promise<T>): Promise<T> {
  const lines: string[] = [];
  return withSocketServer(
    (socket) => {
      socket.write('220 ready\r\n');
      let rest = '';
      socket.setEncoding('utf8').on('data', (data: string) => {
        const arrived = `${rest}${data}`.split('\r\n');
        rest = arrived.pop() ?? '';
        for (const line of arrived) {
          lines.push(line);
          if (line === '.') setTimeout(() => socket.write('250 ok\r\n'), 150);
          else if (line === 'DATA') socket.write('354 go on\r\n');
          else if (/^(?:EHLO|MAIL|RCPT|RSET)/u.test(line)) socket.write('250 ok\r\n');
        }
      });
    },
    (server) => use({ ...server, lines }),
  );
}

async function transportTo(port: number, options: { readonly maxConnections?: number } = {}) {
  const { createTransport } = await import('nodemailer');
  return createTransport({ pool: true, host: '127.0.0.1', port, ignoreTLS: true, ...options });
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
    run(
      ['createTransport: close'],
      'close() fails what is queued, and lets a mail under way end, which close({ force: true }) does not',
      () =>
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
          for (const force of [false, true]) {
            await withSlowServer(async (slow) => {
              const pool = await transportTo(slow.port, { maxConnections: 1 });
              const sent = outcome(pool.sendMail(MAIL), 3_000);
              const queued = rejection(pool.sendMail(MAIL));
              await until('a mail', () => slow.lines.includes('DATA'));
              Reflect.apply(pool.close, pool, force ? [{ force }] : []);
              expect((await queued).error.message).toBe('Connection pool was closed');
              expect(await sent).toBe(force ? 'rejected' : 'fulfilled');
              await until('the end of the connection', () => slow.open() === 0);
            });
          }
          expect(creator.close[0]?.mode).toBe('graceful');
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
