import dns from 'node:dns';
import { Socket } from 'node:net';
import { expect, vi } from 'vitest';
import { nodemailer } from '../../../../src/catalog/libraries/nodemailer.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { withLineServer, type LineServer } from '../support/line-server.js';
import { neverFound, openMute, until } from '../support/site.js';
import { steady } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

const MAIL = { from: 'from@example.org', to: 'to@example.org', text: 'text' };

interface Transport {
  readonly options: Given;
  /** Sends a mail. Its failure is no unhandled rejection. */
  readonly send: () => Promise<unknown>;
}

/** Runs something with a transport that is closed behind it. */
async function withTransport<T>(options: Given, use: (transport: Transport) => Promise<T>): Promise<T> {
  const { createTransport } = await import('nodemailer');
  const made = createTransport({ host: '127.0.0.1', ignoreTLS: true, ...options });
  try {
    return await use({
      options: (made as unknown as { readonly transporter: { readonly options: Given } }).transporter.options,
      send: () => {
        const sent = made.sendMail(MAIL);
        sent.then(undefined, () => undefined);
        return sent;
      },
    });
  } finally {
    made.close();
  }
}

/** A server that takes every mail. */
function withSmtpServer<T>(use: (server: LineServer) => Promise<T>): Promise<T> {
  let inMail = false;
  return withLineServer(
    {
      greeting: '220 ready\r\n',
      answer: (line) => {
        if (inMail && line !== '.') return undefined;
        inMail = line === 'DATA';
        return line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
      },
    },
    use,
  );
}

/** How many connections seven mails open at the same time. */
async function opened(options: Given): Promise<number> {
  const site = await openMute();
  try {
    return await withTransport({ port: site.port, pool: true, ...options }, async ({ send }) => {
      for (let mails = 0; mails < 7; mails++) send().then(undefined, () => undefined);
      await until('connections', () => site.opened() > 0);
      return await steady(site.opened);
    });
  } finally {
    await site.stop();
  }
}

/** How a mail fares after each of some times; the times are milliseconds from its start. */
async function statesAt(options: Given, times: readonly number[]): Promise<readonly string[]> {
  return withTransport(options, ({ send }) =>
    withHandClock(async ({ states }) => {
      const sent = send();
      return states(sent, times);
    }),
  );
}

/** A socket on which connecting takes for ever. */
const never = (): Socket => Object.assign(new Socket(), { connect: neverFound });

const asDefault = [0, null, Number.NaN];
const fallsBack = { zero: 'default', null: 'default', nan: 'default' };
const ofOption = (option: string, aspects = ['default', 'zero', 'null', 'nan']) =>
  aspects.map((aspect) => `${option}: ${aspect}`);

export default {
  library: 'nodemailer',
  packages: ['nodemailer'],
  checks: [
    run(ofOption('maxConnections'), 'opens five connections by default, and with 0, null and NaN', async () => {
      const given = [{}, ...[...asDefault, 3].map((maxConnections) => ({ maxConnections }))];
      expect(await Promise.all(given.map(opened))).toEqual([5, 5, 5, 5, 3]);
      expect(catalogSays(nodemailer, 'maxConnections')).toMatchObject({ default: 5, ...fallsBack });
    }),
    run(ofOption('maxMessages'), 'sends 100 mails over a connection by default, and with 0, null and NaN', async () => {
      await withSmtpServer(async ({ opened, port }) => {
        await withTransport({ port, pool: true, maxConnections: 1 }, async ({ send }) => {
          for (let mails = 0; mails < 100; mails++) await send();
          expect(opened()).toBe(1);
          await send();
          expect(opened()).toBe(2);
        });
        for (const maxMessages of asDefault) {
          await withTransport({ port, pool: true, maxMessages }, async ({ options }) => {
            await Promise.resolve();
            expect(options['maxMessages']).toBe(100);
          });
        }
      });
      expect(catalogSays(nodemailer, 'maxMessages')).toMatchObject({ default: 100, ...fallsBack });
    }),
    run(
      [...ofOption('connectionTimeout'), 'wait for connect'],
      'waits two minutes for a connection by default, and with 0, null and NaN',
      async () => {
        for (const given of [{}, ...asDefault.map((connectionTimeout) => ({ connectionTimeout }))]) {
          expect(await statesAt({ socket: never(), ...given }, [119_000, 121_000])).toEqual(['pending', 'rejected']);
        }
        expect(await statesAt({ socket: never(), connectionTimeout: 50 }, [100])).toEqual(['rejected']);
        expect(catalogSays(nodemailer, 'connectionTimeout')).toMatchObject({ default: 120_000, ...fallsBack });
        expect(nodemailer.waits).toMatchObject([{ default: 120_000, endedBy: ['connectionTimeout'] }]);
      },
    ),
    run(
      ofOption('greetingTimeout'),
      'waits 30 s for the greeting of a server by default, and with 0, null and NaN',
      async () => {
        const site = await openMute();
        try {
          for (const given of [{}, ...asDefault.map((greetingTimeout) => ({ greetingTimeout }))]) {
            expect(await statesAt({ port: site.port, ...given }, [0, 29_000, 31_000])).toEqual([
              'pending',
              'pending',
              'rejected',
            ]);
          }
          expect(await statesAt({ port: site.port, greetingTimeout: 50 }, [0, 100])).toEqual(['pending', 'rejected']);
        } finally {
          await site.stop();
        }
        expect(catalogSays(nodemailer, 'greetingTimeout')).toMatchObject({ default: 30_000, ...fallsBack });
      },
    ),
    run(ofOption('dnsTimeout'), 'waits 30 s for an address by default, and with 0, null and NaN', async () => {
      const spies = (['resolve4', 'resolve6'] as const).map((method) =>
        vi.spyOn(dns.Resolver.prototype, method).mockImplementation(neverFound),
      );
      try {
        for (const given of [{}, ...asDefault.map((dnsTimeout) => ({ dnsTimeout }))]) {
          const options = { host: 'nowhere.test', ...given };
          expect(await statesAt(options, [29_000, 31_000])).toEqual(['pending', 'rejected']);
        }
        expect(await statesAt({ host: 'nowhere.test', dnsTimeout: 50 }, [100])).toEqual(['rejected']);
        expect(spies.some(({ mock }) => mock.calls.length > 0)).toBe(true);
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
      expect(catalogSays(nodemailer, 'dnsTimeout')).toMatchObject({ default: 30_000, ...fallsBack });
    }),
    run(ofOption('socketTimeout'), 'sets ten minutes on the socket by default, and with 0, null and NaN', async () => {
      const site = await openMute();
      const taken = (given: Given) => {
        const socket = new Socket();
        return withTransport({ port: site.port, socket, ...given }, async ({ send }) => {
          send().then(undefined, () => undefined);
          await until('connected', () => socket.timeout !== undefined);
          const { timeout } = socket;
          socket.destroy();
          return timeout;
        });
      };
      try {
        const given = [{}, ...[...asDefault, 5_000].map((socketTimeout) => ({ socketTimeout }))];
        expect(await Promise.all(given.map(taken))).toEqual([600_000, 600_000, 600_000, 600_000, 5_000]);
      } finally {
        await site.stop();
      }
      expect(catalogSays(nodemailer, 'socketTimeout')).toMatchObject({ default: 600_000, ...fallsBack });
    }),
    run(
      ofOption('idleTimeout', ['default', 'null', 'text']),
      'closes a connection that nobody used for four minutes by default, and with null and text',
      async () => {
        for (const given of [{}, { idleTimeout: null }, { idleTimeout: '5000' }]) {
          await withSmtpServer(({ lines, port }) =>
            withTransport({ port, pool: true, ...given }, ({ send }) =>
              withHandClock(async ({ forward }) => {
                await send();
                await forward(239_000);
                expect(lines).not.toContain('QUIT');
                await forward(2_000);
                expect(lines).toContain('QUIT');
              }),
            ),
          );
        }
        expect(catalogSays(nodemailer, 'idleTimeout')).toMatchObject({
          default: 240_000,
          null: 'default',
          text: 'default',
        });
      },
    ),
    run(['keep-alive pool'], 'opens a connection for each mail without pool, and one for all with it', async () => {
      const connections = (given: Given) =>
        withSmtpServer(({ opened, port }) =>
          withTransport({ port, ...given }, async ({ send }) => {
            for (let mails = 0; mails < 3; mails++) await send();
            return opened();
          }),
        );
      expect(await connections({})).toBe(3);
      expect(await connections({ pool: true })).toBe(1);
      expect(nodemailer.keepAlive).toMatchObject([{ option: 'pool', default: false }]);
    }),
  ],
} satisfies LibraryChecks;
