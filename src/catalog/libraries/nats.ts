import type { Creator, LibraryDescriptor } from '../descriptor.js';

const connection = (module: string, asyncDispose: boolean): Creator => ({
  api: 'connect',
  modules: [module],
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  returnsPromise: true,
  close: [
    {
      method: 'drain',
      async: true,
      mode: 'graceful',
      note: 'handles messages already received, sends what is pending, then closes',
    },
    { method: 'close', async: true, mode: 'forced' },
  ],
  dispose: { sync: false, async: asyncDispose },
  cost: 'opens a TCP connection of its own',
});

/** NATS connections. */
export const nats: LibraryDescriptor = {
  name: 'nats',
  version: 'nats 2.29.3, @nats-io/transport-node 3.4.0',
  modules: ['nats', '@nats-io/transport-node'],
  creators: [connection('nats', false), connection('@nats-io/transport-node', true)],
  cheap: [{ api: 'connect().{subscribe,publish,request}', why: 'uses the connection' }],
  limits: [
    {
      option: 'maxReconnectAttempts',
      bounds: 'attempts',
      default: 10,
      negative: { means: 'unlimited', does: 'tries for ever (-1)' },
      evidence: 'source',
      note: '-1: documentation',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      covers: ['connect'],
      unit: 'ms',
      default: 20_000,
      zero: 'default',
      null: 'default',
      evidence: 'source',
    },
    {
      option: 'timeout',
      of: [],
      at: [{ api: 'connect().request', argument: 2, holds: 'call' }],
      covers: ['request'],
      unit: 'ms',
      default: 1_000,
      evidence: 'source',
    },
  ],
  waits: [
    { for: 'connect', default: 20_000, endedBy: ['timeout'], evidence: 'source' },
    { calls: ['connect().request'], for: 'request', default: 1_000, endedBy: ['timeout'], evidence: 'source' },
  ],
  holdsProcess: 'always',
  notes: ['connect() rejects on failure; there is no error event to listen to.'],
};
