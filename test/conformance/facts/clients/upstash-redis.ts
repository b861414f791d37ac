import { expect } from 'vitest';
import { upstashRedis } from '../../../../src/catalog/libraries/upstash-redis.js';
import { run, type LibraryChecks } from '../check.js';
import { withHttpServer } from '../support/http-server.js';
import { holdsProcess } from '../support/made-client.js';

export default {
  library: '@upstash/redis',
  packages: ['@upstash/redis'],
  checks: [
    run(['holds process'], 'lets the process end after it was used', () =>
      withHttpServer(
        // A command is sent as a list of one.
        (_request, response) => response.setHeader('content-type', 'application/json').end('[{"result":"1"}]'),
        async ({ connections, url }) => {
          const program = `
            import { Redis } from '@upstash/redis';
            const redis = new Redis({ url: ${JSON.stringify(url)}, token: 'token', enableTelemetry: false });
            await redis.get('key');
          `;
          expect(await holdsProcess(program)).toBe(false);
          expect(connections()).toBe(1);
          expect(upstashRedis.holdsProcess).toBe('no');
        },
      ),
    ),
  ],
} satisfies LibraryChecks;
