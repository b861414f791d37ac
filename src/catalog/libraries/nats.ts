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
  holdsProcess: 'always',
  notes: ['connect() rejects on failure; there is no error event to listen to.'],
};
