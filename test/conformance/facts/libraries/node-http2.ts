import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { nodeHttp2 } from '../../../../src/catalog/libraries/node-http2.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { wait } from '../support/site.js';

/** Runs something with a session to a server that takes streams and never answers, and with a stream on it. */
async function withSession(test: (session: ClientHttp2Session, stream: ClientHttp2Stream) => Promise<void>): Promise<void> {
  const server = createServer();
  const arrived = once(server, 'stream');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  try {
    await once(session, 'connect');
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    await arrived;
    await test(session, stream);
  } finally {
    session.destroy();
    server.close();
  }
}

/** Whether each of these tells, within 100 ms, that its time is over. */
async function told(...emitters: readonly NodeJS.EventEmitter[]): Promise<readonly boolean[]> {
  const events = emitters.map(() => false);
  for (const [index, emitter] of emitters.entries()) emitter.once('timeout', () => (events[index] = true));
  await wait(100);
  return events;
}

export default {
  library: 'node:http2',
  packages: [],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'timeout: needs'],
      'a session and a stream have no time, and where they have one it emits an event and both go on; 0 takes it away',
      async () => {
        await withSession(async (session, stream) => {
          expect(await told(session, stream)).toEqual([false, false]);
        });
        await withSession(async (session, stream) => {
          session.setTimeout(20);
          stream.setTimeout(20);
          expect(await told(session, stream)).toEqual([true, true]);
          expect([session.destroyed, session.closed, stream.destroyed, stream.closed]).toEqual([false, false, false, false]);
        });
        await withSession(async (session, stream) => {
          for (const time of [20, 0]) {
            session.setTimeout(time);
            stream.setTimeout(time);
          }
          expect(await told(session, stream)).toEqual([false, false]);
        });
        expect(catalogSays(nodeHttp2, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
      },
    ),
  ],
} satisfies LibraryChecks;
