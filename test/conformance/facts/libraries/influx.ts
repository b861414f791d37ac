import { Socket } from 'node:net';
import { expect, vi } from 'vitest';
import { influx } from '../../../../src/catalog/libraries/influx.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { errorOf, openMute, until } from '../support/site.js';

/** A client of a server that never says a word. */
async function clientOf(port: number, requestTimeout?: number) {
  const { InfluxDB } = await import('influx');
  const pool = { maxRetries: 0, ...(requestTimeout === undefined ? {} : { requestTimeout }) };
  return new InfluxDB({ host: '127.0.0.1', port, database: 'test', pool });
}

export default {
  library: 'influx',
  packages: ['influx'],
  checks: [
    run(['pool.requestTimeout: default'], 'waits 30 s for an answer', async () => {
      const mute = await openMute();
      const setTimeout = vi.spyOn(Socket.prototype, 'setTimeout');
      try {
        (await clientOf(mute.port)).getDatabaseNames().then(undefined, () => undefined);
        await until('a connection', () => mute.opened() > 0);
        // The agent of the process sets one first, which the client puts aside.
        expect(setTimeout.mock.calls.at(-1)?.[0]).toBe(30_000);
        expect((await errorOf((await clientOf(mute.port, 40)).getDatabaseNames())).message).toBe('Request timed out');
      } finally {
        setTimeout.mockRestore();
        await mute.stop();
      }
      expect(catalogSays(influx, 'pool.requestTimeout')).toEqual({ default: 30_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
