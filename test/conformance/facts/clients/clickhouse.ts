import { createServer } from 'node:http';
import type { ClickHouseClient } from '@clickhouse/client';
import { expect } from 'vitest';
import { clickhouse } from '../../../../src/catalog/libraries/clickhouse.js';
import { run, type LibraryChecks } from '../check.js';
import { anyOf, creatorOf, disposalOf, lazyClientChecks, withMade } from '../support/creators.js';
import { openSite, stateOf, until, type Site } from '../support/site.js';

/** A server that answers a statement in the manner that its id names. */
const open = (): Promise<Site> =>
  openSite((server) =>
    createServer((request, response) => {
      request.resume();
      request.url = `/${new URL(request.url ?? '', 'http://localhost').searchParams.get('query_id') ?? ''}`;
      server.emit('request', request, response);
    }),
  );

const client = anyOf<ClickHouseClient>({
  library: clickhouse,
  api: 'createClient',
  make: async (site) => {
    const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client');
    return createClient({ url: new URL(site.url()).origin, log: { level: ClickHouseLogLevel.OFF } });
  },
  call: (made, _site, manner) => made.command({ query: 'SELECT 1', query_id: manner }),
  end: (made) => made.close(),
  open,
});

export default {
  library: '@clickhouse/client',
  packages: ['@clickhouse/client'],
  checks: [
    ...lazyClientChecks([client], [{ method: 'close', async: true, mode: 'forced', later: 'works' }]).filter(
      ({ facts }) => facts[0] !== 'createClient: dispose',
    ),
    run(['createClient: dispose'], 'await using closes it', () =>
      withMade(client, async (made, site) => {
        expect(disposalOf(made)).toEqual({ sync: false, async: true });
        const called = client.call(made, site, 'silent');
        called.catch(() => undefined);
        await until('the request', () => site.requests() > 0);
        await (made as ClickHouseClient)[Symbol.asyncDispose]();
        expect(await stateOf(called, 1_000)).toBe('rejected');
        await until('the connection to end', () => site.open() === 0);
        expect(creatorOf(clickhouse, 'createClient').dispose).toEqual({ sync: false, async: true });
      }),
    ),
  ],
} satisfies LibraryChecks;
