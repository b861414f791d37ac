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
      cost: 'has a keep-alive agent of its own with up to {max} sockets',
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
  limits: [
    {
      option: 'max_open_connections',
      bounds: 'connections',
      default: 10,
      zero: 'unlimited',
      negative: { means: 'blocks', does: 'opens no socket: every request waits for ever' },
      null: 'default',
      infinity: 'unlimited',
    },
  ],
  timeouts: [
    {
      option: 'request_timeout',
      covers: ['socket', 'request'],
      unit: 'ms',
      default: 30_000,
      note: 'the timeout of the socket; whether it covers the wait for a free one is unverified',
    },
    {
      option: 'keep_alive.idle_socket_ttl',
      covers: ['idle'],
      unit: 'ms',
      default: 2_500,
      zero: { means: 'unlimited', does: 'leaves idle sockets open until the server closes them' },
      evidence: 'source',
      note: 'has to stay below the keep-alive of the server',
    },
  ],
  waits: [{ for: 'request', default: 30_000, endedBy: ['request_timeout'] }],
  recycling: [
    {
      idle: 2_500,
      lifetime: 'none',
      validates: 'none',
      boundedBy: ['keep_alive.idle_socket_ttl'],
      evidence: 'source',
    },
  ],
  keepAlive: [{ option: 'keep_alive.enabled', default: true, evidence: 'source' }],
  connectionStrings: [
    {
      property: 'url',
      parameters: ['max_open_connections', 'request_timeout'].map((name) => ({ name, option: name })),
      ignored: [{ name: 'connection_limit', does: 'throws: the URL parameter is unknown', instead: 'max_open_connections' }],
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'a result stream that nobody reads or closes holds its socket; a ResultSet has Symbol.dispose',
    'what @clickhouse/client-web holds is unverified: it has no creator here',
  ],
};
