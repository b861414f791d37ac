import type { LibraryDescriptor } from '../descriptor.js';

/** ClickHouse client. */
export const clickhouse: LibraryDescriptor = {
  name: '@clickhouse/client',
  version: '1.23.1',
  modules: ['@clickhouse/client', '@clickhouse/client-web'],
  creators: [
    {
      api: 'createClient',
      modules: ['@clickhouse/client'],
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'close', async: true, mode: 'forced', note: 'destroys the HTTP agent' }],
      dispose: { sync: false, async: true },
      cost: 'has a keep-alive agent of its own with up to 10 sockets',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: [
    'a result stream that nobody reads or closes holds its socket; a ResultSet has Symbol.dispose',
    'what @clickhouse/client-web holds is unverified: it has no creator here',
  ],
};
