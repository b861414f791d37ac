import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import { expect } from 'vitest';
import { nodeNet } from '../../../../src/catalog/libraries/node-net.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { neverFound, openMute, wait, withSite } from '../support/site.js';

/** Whether each socket tells, within 100 ms, that its time is over. They are all still there then. */
async function told(sockets: readonly Socket[]): Promise<readonly boolean[]> {
  const events = sockets.map(() => false);
  for (const [index, socket] of sockets.entries())
    socket.once('timeout', () => (events[index] = true)).on('error', () => undefined);
  await wait(100);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual(sockets.map(() => false));
  for (const socket of sockets) socket.destroy();
  return events;
}

export default {
  library: 'node:net',
  packages: [],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'timeout: needs'],
      'a socket has no time, and where it has one it emits an event and stays open, also while it connects; 0 takes it away',
      () =>
        withSite(async ({ port }) => {
          const host = '127.0.0.1';
          const lost = { host: 'nowhere.invalid', port: 80, lookup: neverFound };
          expect(
            await told([
              net.connect({ port, host }),
              net.connect({ port, host, timeout: 0 }),
              net.connect({ port, host, timeout: 20 }).setTimeout(0),
              tls.connect({ port, host }),
              net.connect(lost),
            ]),
          ).toEqual([false, false, false, false, false]);
          expect(
            await told([
              net.connect({ port, host, timeout: 20 }),
              net.createConnection({ port, host }).setTimeout(20),
              new net.Socket().setTimeout(20).connect(port, host),
              tls.connect({ port, host, timeout: 20 }),
              net.connect({ ...lost, timeout: 20 }),
            ]),
          ).toEqual([true, true, true, true, true]);
          expect(catalogSays(nodeNet, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
        }, openMute),
    ),
  ],
} satisfies LibraryChecks;
