import { expect } from 'vitest';
import { nats } from '../../../../src/catalog/libraries/nats.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { withLineServer } from '../support/line-server.js';
import { openMute, until, type State } from '../support/site.js';
import { withSocketServer } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

const GREETING = 'INFO {"server_id":"id","version":"2.10.0","proto":1,"headers":true,"max_payload":1000000}\r\n';
const answer = (line: string): string | undefined => (line === 'PING' ? 'PONG\r\n' : undefined);

/** How connecting to a server fares that never says a word, at some milliseconds from its start. */
async function connecting(options: Given, times: readonly number[]): Promise<readonly State[]> {
  const { connect } = await import('@nats-io/transport-node');
  const mute = await openMute();
  try {
    return await withHandClock(async ({ states }) => {
      const connected = connect({ servers: `127.0.0.1:${String(mute.port)}`, ...options });
      return states(connected, times);
    });
  } finally {
    await mute.stop();
  }
}

/** Connections to a server that hangs up at once on all but the first, until the client gives up or has tried fifteen times. */
async function tries(options: Given): Promise<number> {
  const { connect } = await import('@nats-io/transport-node');
  return withSocketServer(
    (socket, number) => {
      if (number > 1) {
        socket.destroy();
        return;
      }
      socket.write(GREETING);
      socket.setEncoding('utf8').on('data', (data: string) => {
        if (data.includes('PING')) socket.write('PONG\r\n');
        else if (data.includes('PUB')) socket.destroy();
      });
    },
    async ({ opened, port }) => {
      const servers = `127.0.0.1:${String(port)}`;
      const connection = await connect({ servers, reconnectTimeWait: 1, reconnectJitter: 0, ...options });
      const ended: unknown[] = [];
      void connection.closed().then((reason) => ended.push(reason));
      connection.publish('end');
      await until('the end of the tries', () => ended.length > 0 || opened() > 15);
      if (ended.length === 0) await connection.close();
      return opened() - 1;
    },
  );
}

export default {
  library: 'nats',
  // The older package nats is not installed next to its successor.
  packages: ['@nats-io/transport-node'],
  checks: [
    run(
      ['maxReconnectAttempts: default', 'maxReconnectAttempts: negative'],
      'tries ten times to connect again, and for ever with -1',
      async () => {
        expect(await tries({})).toBe(10);
        expect(await tries({ maxReconnectAttempts: 2 })).toBe(2);
        expect(await tries({ maxReconnectAttempts: -1 })).toBeGreaterThanOrEqual(15);
        expect(catalogSays(nats, 'maxReconnectAttempts')).toEqual({ default: 10, negative: 'unlimited' });
      },
    ),
    run(
      ['timeout: default', 'timeout: zero', 'timeout: null', 'wait for connect'],
      'gives up a connection after 20 s by default, and with 0 and null',
      async () => {
        for (const options of [{}, { timeout: 0 }, { timeout: null }]) {
          expect(await connecting(options, [19_000, 21_000])).toEqual(['pending', 'rejected']);
        }
        expect(await connecting({ timeout: 5_000 }, [4_000, 6_000])).toEqual(['pending', 'rejected']);
        expect(catalogSays(nats, 'timeout')).toEqual({
          default: 20_000,
          zero: 'default',
          null: 'default',
          unit: 'ms',
        });
        expect(nats.waits?.[0]).toMatchObject({ for: 'connect', default: 20_000, endedBy: ['timeout'] });
      },
    ),
    run(['timeout#2: default', 'wait for request'], 'gives up a request after a second', async () => {
      const { connect } = await import('@nats-io/transport-node');
      await withLineServer({ greeting: GREETING, answer }, async ({ lines, port }) => {
        const connection = await connect({ servers: `127.0.0.1:${String(port)}` });
        try {
          await withHandClock(async ({ states }) => {
            expect(await states(connection.request('subject'), [900, 1_100])).toEqual(['pending', 'rejected']);
            expect(lines.filter((line) => line.startsWith('PUB subject'))).toHaveLength(1);
            const longer = connection.request('subject', '', { timeout: 5_000 });
            expect(await states(longer, [4_900, 5_100])).toEqual(['pending', 'rejected']);
          });
        } finally {
          await connection.close();
        }
      });
      expect(catalogSays(nats, 'timeout', 2)).toEqual({ default: 1_000, unit: 'ms' });
      expect(nats.waits?.[1]).toMatchObject({ for: 'request', default: 1_000, endedBy: ['timeout'] });
    }),
  ],
} satisfies LibraryChecks;
