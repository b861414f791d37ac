import type { ManagerOptions } from 'socket.io-client';
import { expect } from 'vitest';
import { socketIoClient } from '../../../../src/catalog/libraries/socket-io-client.js';
import { freePort } from '../../../support/free-port.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { openMute, until, wait } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** The errors of connecting to a server that never says a word, at some milliseconds from its start. */
async function errors(options: Given, times: readonly number[]): Promise<readonly string[]> {
  const { Manager } = await import('socket.io-client');
  const mute = await openMute();
  try {
    return await withHandClock(async ({ look }) => {
      const manager = new Manager(`http://127.0.0.1:${String(mute.port)}`, {
        reconnection: false,
        transports: ['websocket'],
        ...options,
      });
      const messages: string[] = [];
      manager.on('error', ({ message }) => messages.push(message));
      try {
        await until('a connection', () => mute.opened() > 0);
        return await look(times, () => messages.join());
      } finally {
        manager._close();
      }
    });
  } finally {
    await mute.stop();
  }
}

/** Tries to connect again where nobody listens, and whether it gives up. */
async function attempts(options: Given, milliseconds: number): Promise<{ readonly tries: number; readonly gaveUp: boolean }> {
  const { Manager } = await import('socket.io-client');
  const manager = new Manager(`http://127.0.0.1:${String(await freePort())}`, {
    transports: ['websocket'],
    reconnectionDelay: 1,
    reconnectionDelayMax: 1,
    ...options,
  });
  const seen = { tries: 0, gaveUp: false };
  manager.on('reconnect_attempt', () => seen.tries++);
  manager.on('reconnect_failed', () => {
    seen.gaveUp = true;
  });
  try {
    await until('tries', () => seen.tries > 5 || seen.gaveUp);
    await wait(milliseconds);
    return seen;
  } finally {
    manager._close();
  }
}

export default {
  library: 'socket.io-client',
  packages: ['socket.io-client'],
  checks: [
    run(
      ['reconnectionAttempts: default', 'reconnectionAttempts: zero', 'reconnectionAttempts: null'],
      'tries for ever to connect again by default, and with 0 and null',
      async () => {
        const { Manager } = await import('socket.io-client');
        for (const options of [{}, { reconnectionAttempts: 0 }, { reconnectionAttempts: null }]) {
          expect(await attempts(options, 0)).toMatchObject({ gaveUp: false });
          const idle = new Manager('http://127.0.0.1:1', { autoConnect: false, ...options } as Partial<ManagerOptions>);
          expect(idle.reconnectionAttempts()).toBe(Infinity);
        }
        expect(await attempts({ reconnectionAttempts: 2 }, 20)).toEqual({ tries: 2, gaveUp: true });
        expect(catalogSays(socketIoClient, 'reconnectionAttempts')).toEqual({
          default: 'unlimited',
          zero: 'unlimited',
          null: 'unlimited',
        });
      },
    ),
    run(
      ['timeout: default', 'timeout: null', 'timeout: false', 'wait for connect'],
      'gives up a connection after 20 s by default and with null, and never with false',
      async () => {
        for (const options of [{}, { timeout: null }]) {
          expect(await errors(options, [19_000, 21_000])).toEqual(['', 'timeout']);
        }
        expect(await errors({ timeout: 5_000 }, [4_000, 6_000])).toEqual(['', 'timeout']);
        expect(await errors({ timeout: false }, [HOUR])).toEqual(['']);
        expect(catalogSays(socketIoClient, 'timeout')).toEqual({
          default: 20_000,
          null: 'default',
          false: 'unlimited',
          unit: 'ms',
        });
        expect(socketIoClient.waits).toMatchObject([{ for: 'connect', default: 20_000, endedBy: ['timeout'] }]);
      },
    ),
  ],
} satisfies LibraryChecks;
