/** What @planetscale/database does to the process: each statement is a request by `fetch`. */
import { expect } from 'vitest';
import { planetscale } from '../../../../src/catalog/libraries/planetscale.js';
import { run, type LibraryChecks } from '../check.js';
import { afterWork } from '../support/clients.js';

export default {
  library: '@planetscale/database',
  packages: ['@planetscale/database'],
  checks: [
    run(['holds process'], 'does not hold the process, used or not', async () => {
      expect(planetscale.holdsProcess).toBe('no');
      const { createServer } = await import('node:http');
      let requests = 0;
      const server = createServer((_request, response) => {
        requests++;
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ session: {}, result: { rows: [] }, timing: 0 }));
      });
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? String(address?.port) : '';
      const program = (use: string) =>
        afterWork(
          `import { Client } from '@planetscale/database';
          const client = new Client({
            url: 'https://user:password@127.0.0.1:${port}',
            fetch: (url, init) => fetch(String(url).replace('https:', 'http:'), init),
          });
          ${use}`,
          2000,
        );
      try {
        expect(await Promise.all([program(''), program("await client.execute('SELECT 1');")])).toEqual(['ends', 'ends']);
        expect(requests).toBe(1);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    }),
  ],
} satisfies LibraryChecks;
