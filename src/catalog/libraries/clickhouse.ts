import { nodeStream } from '../bodies.js';
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
  responses: [
    {
      api: '{createClient(),new ClickHouseClient()}.query',
      modules: ['@clickhouse/client'],
      delivery: [{ by: 'promise' }],
      body: '',
      consumers: ['text', 'json', 'stream', 'close'],
      inspects: ['query_id', 'response_headers'],
      iterable: false,
      dispose: { sync: true, async: false },
      unread: 'holds-socket',
      empty: 'holds-socket',
      ends: { client: ['close'] },
      discard: { template: '{body}.close()', awaits: false, effect: 'closes' },
      note: 'command() reads the response itself; aborting the signal after the response has arrived frees nothing',
    },
    {
      ...nodeStream('stream', { inspects: ['query_id', 'response_headers', 'summary'] }),
      api: '{createClient(),new ClickHouseClient()}.exec',
      modules: ['@clickhouse/client'],
      delivery: [{ by: 'promise' }],
      unread: 'holds-socket',
      empty: 'holds-socket',
      ends: { client: ['close'] },
      discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'a result stream that nobody reads or closes holds its socket; a ResultSet has Symbol.dispose',
    'what @clickhouse/client-web holds is unverified: it has no creator here',
  ],
};
