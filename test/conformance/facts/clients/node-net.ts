import { once } from 'node:events';
import net, { createServer, type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';
import { expect } from 'vitest';
import { nodeNet } from '../../../../src/catalog/libraries/node-net.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { closeSaid, creatorOf, diesOfReset, disposalOf, processCheck } from '../support/creators.js';
import { openMute, until, wait, withSite } from '../support/site.js';

const HOST = '127.0.0.1';

/** More than the buffers of a connection hold. */
const MUCH = Buffer.alloc(8 * 1024 * 1024);

const TEXT = 'after the end';

/** A server that counts what arrives and has something to say when the other side has ended. */
async function withCounter(
  secure: boolean,
  test: (port: number, seen: { bytes: number; ended: number; closed: number }) => Promise<void>,
): Promise<void> {
  const seen = { bytes: 0, ended: 0, closed: 0 };
  const sockets = new Set<Socket>();
  const connected = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => (seen.bytes += data.length));
    socket.on('end', () => {
      seen.ended++;
      socket.end(TEXT);
    });
    socket.on('close', () => seen.closed++);
  };
  const server = secure
    ? tls.createServer({ ...KEYED, pskCallback: () => KEY, allowHalfOpen: true } as tls.TlsOptions, connected)
    : createServer({ allowHalfOpen: true }, connected);
  server.listen(0, HOST);
  await once(server, 'listening');
  try {
    await test((server.address() as AddressInfo).port, seen);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const KEY = Buffer.from('0123456789abcdef');
/** A shared key makes a certificate unnecessary. */
const KEYED = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;

/** A way to make a socket. */
interface Way {
  /** As the checks are named. */
  readonly id: string;
  readonly api: string;
  readonly secure?: boolean;
  readonly make: (port: number) => Socket;
  /** As it is called in a program. */
  readonly text: (port: number) => string;
  readonly later?: boolean;
}

function checksOf({ api, id, later = false, make, secure = false, text }: Way): readonly Check[] {
  const creator = creatorOf(nodeNet, api);
  /** A socket that is connected, with both kinds of encryption done. */
  const ready = async (port: number): Promise<Socket> => {
    const socket = make(port);
    if (later) socket.connect(port, HOST);
    socket.on('error', () => undefined);
    await once(socket, secure ? 'secureConnect' : 'connect');
    return socket;
  };
  return [
    run([`${id}: connects`], later ? 'connects with connect()' : 'connects at once', () =>
      withSite(async (site) => {
        const socket = make(site.port);
        try {
          if (later) {
            await wait(40);
            expect([site.opened(), socket.connecting]).toEqual([0, false]);
            expect(socket.connect(site.port, HOST)).toBe(socket);
          }
          expect(socket.connecting).toBe(true);
          await until('a connection', () => site.opened() === 1);
        } finally {
          socket.destroy();
        }
        expect(creator.connects).toBe(later ? 'on-connect' : 'eager');
        if (later) {
          expect(creator.connect).toEqual({ method: 'connect', required: true, repeatable: false, returnsClient: false });
        }
      }, openMute),
    ),
    run(
      [`${id}: close`],
      'end() writes what is there and still reads, destroySoon() writes it, destroy() cuts it off',
      async () => {
        await withCounter(secure, async (port, seen) => {
          const socket = await ready(port);
          let read = '';
          socket.setEncoding('utf8').on('data', (data: string) => (read += data));
          socket.write(MUCH);
          expect(socket.end()).toBe(socket);
          await once(socket, 'close');
          expect([seen.bytes, seen.ended, read]).toEqual([MUCH.length, 1, TEXT]);
        });
        await withCounter(secure, async (port, seen) => {
          const socket = await ready(port);
          socket.write(MUCH);
          const given: unknown = socket.destroySoon();
          expect(given).toBeUndefined();
          expect(socket.destroyed).toBe(false);
          await until('the connection to end', () => seen.closed === 1);
          expect(seen.bytes).toBe(MUCH.length);
          expect(socket.destroyed).toBe(true);
        });
        await withCounter(secure, async (port, seen) => {
          const socket = await ready(port);
          socket.write(MUCH);
          expect(socket.destroy()).toBe(socket);
          expect(socket.destroyed).toBe(true);
          await until('the connection to end', () => seen.closed === 1);
          expect(seen.bytes).toBeLessThan(MUCH.length);
        });
        expect(closeSaid(creator)).toEqual([
          { method: 'end', async: false, mode: 'graceful' },
          { method: 'destroy', async: false, mode: 'forced' },
          { method: 'destroySoon', async: false, mode: 'graceful' },
        ]);
      },
    ),
    run([`${id}: dispose`], 'await using destroys it', () =>
      withSite(async (site) => {
        const socket = make(site.port);
        try {
          expect(disposalOf(socket)).toEqual({ sync: false, async: true });
          await socket[Symbol.asyncDispose]();
          expect(socket.destroyed).toBe(true);
        } finally {
          socket.destroy();
        }
        expect(creator.dispose).toEqual({ sync: false, async: true });
      }, openMute),
    ),
    run([`${id}: error event`], 'a connection that is reset ends a process that does not listen to error', async () => {
      const program = (listen: string) => (port: number) => `
        import net from 'node:net';
        import tls from 'node:tls';
        const socket = ${text(port)};
        ${listen}
        socket.once('close', () => { console.log('survived'); process.exit(); });`;
      await withCounter(secure, async (behind) => {
        const serve = (socket: Socket): void => {
          const inner = net.connect(behind, HOST);
          inner.on('error', () => undefined);
          socket.pipe(inner).pipe(socket);
        };
        expect(await diesOfReset(program(''), serve)).toBe(true);
        expect(await diesOfReset(program(`socket.on('error', () => undefined);`), serve)).toBe(false);
      });
      expect(creator.errorEvent).toEqual({ event: 'error', crashesProcess: true });
    }),
  ];
}

export default {
  library: 'node:net',
  packages: [],
  checks: [
    ...checksOf({
      id: '{connect,createConnection}',
      api: '{connect,createConnection}',
      make: (port) => net.connect(port, HOST),
      text: (port) => `net.createConnection(${String(port)}, '${HOST}')`,
    }),
    ...checksOf({
      id: 'connect',
      api: 'connect',
      secure: true,
      make: (port) =>
        tls.connect({
          ...KEYED,
          port,
          host: HOST,
          pskCallback: () => ({ psk: KEY, identity: 'test' }),
          checkServerIdentity: () => undefined,
        }),
      text: (port) => `tls.connect({
        ...${JSON.stringify(KEYED)},
        port: ${String(port)},
        host: '${HOST}',
        pskCallback: () => ({ psk: Buffer.from('${KEY.toString()}'), identity: 'test' }),
        checkServerIdentity: () => undefined,
      })`,
    }),
    ...checksOf({
      id: 'Socket',
      api: 'Socket',
      later: true,
      make: () => new net.Socket(),
      text: (port) => `new net.Socket().connect(${String(port)}, '${HOST}')`,
    }),
    processCheck(
      nodeNet,
      'always',
      (_url, port) => `
        import { once } from 'node:events';
        import { connect } from 'node:net';
        await once(connect(${String(port)}, '127.0.0.1'), 'connect');`,
      openMute,
    ),
  ],
} satisfies LibraryChecks;
