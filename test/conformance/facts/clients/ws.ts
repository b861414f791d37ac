import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { expect } from 'vitest';
import { ws } from '../../../../src/catalog/libraries/ws.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { closersOf, closeSaid, creatorOf, diesOfReset, disposalOf, processCheck } from '../support/creators.js';
import { runProgram, type Ended } from '../support/program.js';
import { openMute, openSite, until, withSite, type Site } from '../support/site.js';

/** What a server of WebSockets has seen: messages, and the codes with which connections were closed. */
type Seen = (number | string)[];

async function openSockets(seen: Seen = []): Promise<Site> {
  const { WebSocketServer } = await import('ws');
  return openSite((server) => {
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.on('message', (data) => seen.push((data as Buffer).toString()));
      socket.on('close', (code) => seen.push(code));
      socket.on('error', () => undefined);
    });
    return server;
  });
}

/** Runs something with a connection whose handshake has ended. */
async function withSocket(api: Api, use: (socket: WebSocket, seen: Seen) => Promise<void>): Promise<void> {
  const seen: Seen = [];
  await withSite(
    async ({ port }) => {
      const socket = await connect(api, port);
      try {
        await once(socket, 'open');
        await use(socket, seen);
      } finally {
        socket.terminate();
      }
    },
    () => openSockets(seen),
  );
}

type Api = 'default' | 'WebSocket';

async function connect(api: Api, port: number): Promise<WebSocket> {
  const Class = (await import('ws'))[api];
  const socket = new Class(`ws://127.0.0.1:${String(port)}`);
  socket.on('error', () => undefined);
  return socket;
}

/** A frame that the protocol does not know, and what is said about it. */
const NONSENSE = Buffer.from([0xff, 0xff]);
const WRONG = 'WS_ERR_UNEXPECTED_RSV_2_3';

/** How a program ends whose connection says that it is open, and is reset or handed those bytes. */
async function handed(what: Buffer | 'reset', program: (port: number) => string): Promise<Ended> {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket, { socket: raw }) => {
    socket.on('error', () => undefined);
    socket.once('message', () => {
      if (what === 'reset') raw.resetAndDestroy();
      else raw.write(what);
    });
  });
  try {
    await once(server, 'listening');
    return await runProgram(program((server.address() as AddressInfo).port));
  } finally {
    for (const client of server.clients) client.terminate();
    server.close();
  }
}

function checksOf(api: Api): readonly Check[] {
  const creator = creatorOf(ws, api);
  return [
    run([`${api}: connects`], 'connects at once', () =>
      withSite(async (site) => {
        const socket = await connect(api, site.port);
        try {
          await until('a connection', () => site.opened() === 1);
        } finally {
          socket.terminate();
        }
        expect(creator.connects).toBe('eager');
      }, openMute),
    ),
    run(
      [`${api}: close`],
      'close() is heard by the server after what was sent before it, terminate() drops the connection',
      async () => {
        await withSocket(api, async (socket, seen) => {
          socket.send('sent');
          const given: unknown = socket.close();
          expect(given).toBeUndefined();
          expect(socket.readyState).toBe(socket.CLOSING);
          const [code] = (await once(socket, 'close')) as [number];
          expect(code).toBe(1005);
          await until('the server to see that', () => seen.length === 2);
          expect(seen).toEqual(['sent', 1005]);
          expect(closersOf(socket)).toEqual(['close', 'terminate']);
        });
        await withSocket(api, async (socket, seen) => {
          const given: unknown = socket.terminate();
          expect(given).toBeUndefined();
          await until('the server to see that', () => seen.length === 1);
          expect(seen).toEqual([1006]);
        });
        expect(closeSaid(creator)).toEqual([
          { method: 'close', async: false, mode: 'graceful' },
          { method: 'terminate', async: false, mode: 'forced' },
        ]);
      },
    ),
    run([`${api}: dispose`], 'cannot be disposed of by a declaration', () =>
      withSocket(api, (socket) => {
        expect(disposalOf(socket)).toEqual({ sync: false, async: false });
        expect(creator.dispose).toEqual({ sync: false, async: false });
        return Promise.resolve();
      }),
    ),
    run(
      [`${api}: error event`],
      'a connection that fails or is handed nonsense ends a process that does not listen to error; one that is reset only closes',
      async () => {
        const program = (listen: string) => (port: number) => `
          import * as made from 'ws';
          const socket = new made.${api}('ws://127.0.0.1:${String(port)}');
          ${listen}
          socket.once('open', () => socket.send('open'));
          socket.once('close', () => { console.log('survived'); process.exit(); });`;
        const [unheard, heard] = [program(''), program(`socket.on('error', () => undefined);`)];
        const [early, earlyHeard, nonsense, nonsenseHeard, reset] = await Promise.all([
          // Here the handshake has not ended.
          diesOfReset(unheard),
          diesOfReset(heard),
          handed(NONSENSE, unheard),
          handed(NONSENSE, heard),
          handed('reset', unheard),
        ]);
        expect([early, earlyHeard]).toEqual([true, false]);
        expect([nonsense.code, nonsense.errors]).toEqual([1, expect.stringContaining(WRONG)]);
        for (const { code, output } of [nonsenseHeard, reset]) expect([code, output]).toEqual([0, 'survived\n']);
        expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: true });
      },
    ),
  ];
}

export default {
  library: 'ws',
  packages: ['ws'],
  checks: [
    ...checksOf('default'),
    ...checksOf('WebSocket'),
    processCheck(
      ws,
      'always',
      (_url, port) => `
        import { once } from 'node:events';
        import WebSocket from 'ws';
        await once(new WebSocket('ws://127.0.0.1:${String(port)}'), 'open');`,
      () => openSockets(),
    ),
  ],
} satisfies LibraryChecks;
