import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { libsql } from '../../../../src/catalog/libraries/libsql.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { until } from '../support/site.js';

/** How many of so many statements are sent to a server that does not answer them, and for a time no more. */
async function sent(options: { readonly concurrency?: number }, statements: number, expected: number): Promise<number> {
  const { createClient } = await import('@libsql/client');
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    // Only the question which versions of the protocol there are is answered: none but the oldest.
    if (request.method === 'GET') response.writeHead(404).end();
    else count++;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createClient({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, ...options });
  try {
    for (let statement = 0; statement < statements; statement++) void outcome(client.execute('SELECT 1'));
    await until('the statements', () => count >= expected);
    await delay(80);
    return count;
  } finally {
    client.close();
    server.closeAllConnections();
    server.close();
  }
}

export default {
  library: '@libsql/client',
  packages: ['@libsql/client', '@libsql/core'],
  checks: [
    run(
      ['concurrency: default', 'concurrency: zero'],
      'sends up to 20 statements at a time by default, and also with concurrency 0',
      async () => {
        expect(await sent({}, 25, 20)).toBe(20);
        expect(await sent({ concurrency: 0 }, 25, 20)).toBe(20);
        expect(await sent({ concurrency: 3 }, 25, 3)).toBe(3);
        expect(catalogSays(libsql, 'concurrency')).toEqual({ default: 20, zero: 'default' });
      },
    ),
  ],
} satisfies LibraryChecks;
