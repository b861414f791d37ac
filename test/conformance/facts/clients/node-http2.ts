import { once } from 'node:events';
import { connect, createServer, type ClientHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { nodeHttp2 } from '../../../../src/catalog/libraries/node-http2.js';
import { run, type LibraryChecks } from '../check.js';
import { closersOf, closeSaid, creatorOf, diesOfReset, disposalOf, processCheck } from '../support/creators.js';
import { openMute, stateOf, until, wait, withSite } from '../support/site.js';

/** A session, and a request on it that the server answers when it is told to. */
interface Asked {
  readonly session: ClientHttp2Session;
  /** Ends with the answer. */
  readonly done: Promise<unknown>;
  readonly answer: () => void;
}

async function withSession(test: (asked: Asked) => Promise<void>): Promise<void> {
  const server = createServer();
  const arrived = once(server, 'stream') as Promise<[ServerHttp2Stream]>;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  try {
    const stream = session.request({ ':path': '/' });
    const done = new Promise((resolve, reject) => {
      stream.once('error', reject);
      stream.resume().once('end', () => resolve(undefined));
    });
    done.catch(() => undefined);
    const [asked] = await arrived;
    asked.on('error', () => undefined);
    await test({
      session,
      done,
      answer: () => {
        asked.respond();
        asked.end('ok');
      },
    });
  } finally {
    session.destroy();
    server.close();
  }
}

const { close, dispose, errorEvent, connects } = creatorOf(nodeHttp2, 'connect');

export default {
  library: 'node:http2',
  packages: [],
  checks: [
    run(['connect: connects'], 'connects at once', () =>
      withSite(async (site) => {
        const session = connect(site.url());
        try {
          await until('a connection', () => site.opened() === 1);
        } finally {
          session.destroy();
        }
        expect(connects).toBe('eager');
      }, openMute),
    ),
    run(
      ['connect: close'],
      'close() takes a callback and waits for the streams, but takes no new ones; destroy() ends them',
      async () => {
        await withSession(async ({ answer, done, session }) => {
          let closed = 0;
          // It is said to give back nothing, whatever it does.
          const given: unknown = session.close(() => closed++);
          expect(given).toBeUndefined();
          expect(() => session.request({ ':path': '/' })).toThrow(/GOAWAY|closed/u);
          await wait(50);
          expect([await stateOf(done, 0), closed, session.destroyed]).toEqual(['pending', 0, false]);
          answer();
          await done;
          await until('the callback', () => closed === 1);
          expect(session.destroyed).toBe(true);
        });
        await withSession(async ({ done, session }) => {
          const given: unknown = session.destroy();
          expect(given).toBeUndefined();
          expect(session.destroyed).toBe(true);
          expect(await stateOf(done, 1_000)).not.toBe('pending');
          expect(closersOf(session)).toEqual(['close', 'destroy']);
        });
        expect(closeSaid({ ...creatorOf(nodeHttp2, 'connect'), close })).toEqual([
          { method: 'close', async: true, mode: 'graceful' },
          { method: 'destroy', async: false, mode: 'forced' },
        ]);
      },
    ),
    run(['connect: dispose'], 'a session cannot be disposed of by a declaration', () =>
      withSession(({ session }) => {
        expect(disposalOf(session)).toEqual({ sync: false, async: false });
        expect(dispose).toMatchObject({ sync: false, async: false });
        return Promise.resolve();
      }),
    ),
    run(['connect: error event'], 'a connection that is reset ends a process that does not listen to error', async () => {
      const program = (listen: string) => (port: number) => `
        import { connect } from 'node:http2';
        const session = connect('http://127.0.0.1:${String(port)}');
        ${listen}
        session.once('close', () => { console.log('survived'); process.exit(); });`;
      expect(await diesOfReset(program(''))).toBe(true);
      expect(await diesOfReset(program(`session.on('error', () => undefined);`))).toBe(false);
      expect(errorEvent).toMatchObject({ event: 'error', crashesProcess: true });
    }),
    processCheck(
      nodeHttp2,
      'always',
      (_url, port) => `
        import { once } from 'node:events';
        import { connect } from 'node:http2';
        await once(connect('http://127.0.0.1:${String(port)}'), 'connect');`,
      openMute,
    ),
  ],
} satisfies LibraryChecks;
