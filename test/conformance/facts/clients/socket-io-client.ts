import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Manager, Socket } from 'socket.io-client';
import { expect } from 'vitest';
import { socketIoClient } from '../../../../src/catalog/libraries/socket-io-client.js';
import { freePort } from '../../../support/free-port.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { closeSaid, creatorOf, disposalOf, isPromise, processCheck } from '../support/creators.js';
import { runProgram } from '../support/program.js';
import { openMute, openSite, stateOf, until, wait, withSite, type Site } from '../support/site.js';

/** A server of the protocol behind it, that takes every connection and acknowledges nothing. */
async function openSockets(): Promise<Site> {
  const { WebSocketServer } = await import('ws');
  const greeting = JSON.stringify({
    sid: 'id',
    upgrades: [],
    pingInterval: 25_000,
    pingTimeout: 20_000,
    maxPayload: 1_000_000,
  });
  return openSite((server) => {
    new WebSocketServer({ server }).on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.on('message', (data) => {
        if ((data as Buffer).toString() === '40') socket.send('40{"sid":"id"}');
      });
      socket.send(`0${greeting}`);
    });
    return server;
  });
}

type Api = 'connect' | 'default' | 'io';

async function connect(api: Api, port: number): Promise<Socket> {
  return (await import('socket.io-client'))[api](`http://127.0.0.1:${String(port)}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 1,
    reconnectionDelayMax: 1,
  });
}

async function managerOf(port: number): Promise<Manager> {
  const made = await import('socket.io-client');
  return new made.Manager(`http://127.0.0.1:${String(port)}`, { transports: ['websocket'] });
}

/** Runs something with a client that is connected. */
async function withSocket(api: Api, use: (socket: Socket, site: Site) => Promise<void>): Promise<void> {
  await withSite(async (site) => {
    const socket = await connect(api, site.port);
    try {
      await until('the connection', () => socket.connected);
      await use(socket, site);
    } finally {
      socket.disconnect();
    }
  }, openSockets);
}

function checksOf(id: string, names: readonly Api[]): readonly Check[] {
  const creator = creatorOf(socketIoClient, id);
  const each = async (test: (api: Api) => Promise<void>): Promise<void> => {
    for (const api of names) await test(api);
  };
  return [
    run([`${id}: connects`], 'connects at once', () =>
      each((api) =>
        withSite(async (site) => {
          const socket = await connect(api, site.port);
          try {
            await until('a connection', () => site.opened() === 1);
          } finally {
            socket.disconnect();
          }
          expect(creator.connects).toBe('eager');
        }, openMute),
      ),
    ),
    run(
      [`${id}: close`],
      'disconnect() and close() end the connection and what waits for an answer, and nothing connects again',
      () =>
        each(async (api) => {
          for (const method of ['disconnect', 'close'] as const) {
            await withSocket(api, async (socket, site) => {
              const asked = socket.emitWithAck('asked');
              asked.catch(() => undefined);
              const closed: unknown = socket[method]();
              expect(isPromise(closed)).toBe(false);
              expect(socket.connected).toBe(false);
              expect(await stateOf(asked, 1_000)).toBe('rejected');
              await until('the connection to end', () => site.open() === 0);
              await wait(50);
              expect(site.opened()).toBe(1);
            });
          }
          // A connection that the server ends is made again.
          await withSocket(api, async (_socket, site) => {
            site.hangUp();
            await until('another connection', () => site.opened() > 1);
          });
          expect(closeSaid(creator)).toEqual([
            { method: 'disconnect', async: false, mode: 'forced' },
            { method: 'close', async: false, mode: 'forced' },
          ]);
        }),
    ),
    run([`${id}: dispose`], 'cannot be disposed of by a declaration', () =>
      each((api) =>
        withSocket(api, (socket) => {
          expect(disposalOf(socket)).toEqual({ sync: false, async: false });
          expect(creator.dispose).toEqual({ sync: false, async: false });
          return Promise.resolve();
        }),
      ),
    ),
    run([`${id}: error event`], 'a process survives connections that are refused, and tries again', async () => {
      const port = String(await freePort());
      const ended = names.map((api) =>
        runProgram(`
          import * as made from 'socket.io-client';
          const options = { transports: ['websocket'], reconnectionDelay: 1, reconnectionDelayMax: 1 };
          const socket = made.${api}('http://127.0.0.1:${port}', options);
          socket.io.on('reconnect_attempt', (tries) => {
            if (tries < 3) return;
            console.log('survived');
            process.exit();
          });`),
      );
      for (const { code, errors, output } of await Promise.all(ended)) {
        expect({ code, output: output.trim() }, errors).toEqual({ code: 0, output: 'survived' });
      }
      // It is told to who listens.
      const told: string[] = [];
      const socket = await connect('io', Number(port));
      socket.on('connect_error', ({ message }) => told.push(message));
      try {
        await until('an error', () => told.length > 0);
      } finally {
        socket.disconnect();
      }
      expect(creator.errorEvent).toMatchObject({ event: 'connect_error', crashesProcess: false });
    }),
  ];
}

export default {
  library: 'socket.io-client',
  packages: ['socket.io-client'],
  checks: [
    ...checksOf('default', ['default']),
    ...checksOf('{io,connect}', ['io', 'connect']),
    run(['Manager: connects'], 'connects at once', () =>
      withSite(async ({ opened, port }) => {
        const manager = await managerOf(port);
        try {
          await until('a connection', () => opened() === 1);
        } finally {
          manager._close();
        }
        expect(creatorOf(socketIoClient, 'Manager').connects).toBe('eager');
      }, openMute),
    ),
    run(['Manager: close'], 'has no public method that ends it; its last socket ends it', async () => {
      const types = path.join(path.dirname(createRequire(import.meta.url).resolve('socket.io-client')), 'manager.d.ts');
      const text = readFileSync(types, 'utf8');
      expect(text).toMatch(/@private\s+\*\/\s+_close\(\): void;/u);
      expect(text).toContain('private disconnect;');
      expect(text).not.toMatch(/^ {4}(?:abort|close|destroy|disconnect|dispose|end|quit)\(/mu);
      await withSite(async (site) => {
        const manager = await managerOf(site.port);
        try {
          const sockets = [manager.socket('/'), manager.socket('/other')];
          await until('the connection', () => sockets[0]?.connected === true);
          sockets[1]?.disconnect();
          await wait(40);
          expect(site.open()).toBe(1);
          sockets[0]?.disconnect();
          await until('the connection to end', () => site.open() === 0);
        } finally {
          manager._close();
        }
      }, openSockets);
      expect(creatorOf(socketIoClient, 'Manager').close).toEqual([]);
    }),
    run(['Manager: dispose'], 'cannot be disposed of by a declaration', () =>
      withSite(async ({ port }) => {
        const manager = await managerOf(port);
        manager._close();
        expect(disposalOf(manager)).toEqual({ sync: false, async: false });
        expect(creatorOf(socketIoClient, 'Manager').dispose).toEqual({ sync: false, async: false });
      }, openMute),
    ),
    processCheck(
      socketIoClient,
      'always',
      (_url, port) => `
        import { io } from 'socket.io-client';
        const socket = io('http://127.0.0.1:${String(port)}', { transports: ['websocket'] });
        await new Promise((resolve) => socket.once('connect', resolve));`,
      openSockets,
    ),
  ],
} satisfies LibraryChecks;
