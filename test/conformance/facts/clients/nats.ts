import { expect } from 'vitest';
import { nats } from '../../../../src/catalog/libraries/nats.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { withLineServer, type LineServer } from '../support/line-server.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { rejection } from '../support/outcome.js';

/** Runs something with a server that takes everything, and answers pings. */
function withNats<T>(use: (server: LineServer) => Promise<T>): Promise<T> {
  return withLineServer(
    {
      greeting: 'INFO {"server_id":"id","version":"2.10.0","proto":1,"headers":true,"max_payload":1000000}\r\n',
      answer: (line) => (line === 'PING' ? 'PONG\r\n' : undefined),
    },
    use,
  );
}

async function connected(port: number) {
  const { connect } = await import('@nats-io/transport-node');
  return connect({ servers: `127.0.0.1:${String(port)}` });
}

const creator = creatorOf(nats, 'connect', 2);

export default {
  library: 'nats',
  packages: ['@nats-io/transport-node'],
  checks: [
    unverified(
      ['connect: connects', 'connect: close', 'connect: dispose'],
      'not installed: the older package nats, next to its successor @nats-io/transport-node',
    ),
    run(['connect#2: connects', 'connect#2: dispose'], 'connects itself, and can be disposed of in await', () =>
      withNats(async ({ open, port }) => {
        const connection = await connected(port);
        expect(open()).toBe(1);
        expect(creator.connects).toBe('eager');
        expectDispose(connection, creator, { sync: false, async: true });
        await (connection as unknown as AsyncDisposable)[Symbol.asyncDispose]();
        expect(connection.isClosed()).toBe(true);
      }),
    ),
    run(['connect#2: close'], 'drain() sends what is pending, close() does not wait', () =>
      withNats(async ({ lines, open, port }) => {
        await expectCloses(creator, { drain: 'by a promise', close: 'by a promise' }, { make: () => connected(port), open });
        expect(creator.close.map(({ mode }) => mode)).toEqual(['graceful', 'forced']);
        const drained = await connected(port);
        drained.subscribe('subject');
        drained.publish('last');
        await drained.drain();
        expect(lines.some((line) => line.startsWith('PUB last'))).toBe(true);
        expect(lines.some((line) => line.startsWith('UNSUB'))).toBe(true);
        const closed = await connected(port);
        const asked = rejection(closed.request('nobody', '', { timeout: 5_000 }));
        await closed.close();
        const { after } = await asked;
        expect(after).toBeLessThan(4_000);
      }),
    ),
    run(['holds process'], 'holds the process', () =>
      withNats(async ({ port }) => {
        const program = `
          import { connect } from '@nats-io/transport-node';
          await connect({ servers: '127.0.0.1:${String(port)}' });
        `;
        expect(await holdsProcess(program)).toBe(true);
        expect(nats.holdsProcess).toBe('always');
      }),
    ),
  ],
} satisfies LibraryChecks;
