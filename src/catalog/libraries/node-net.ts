import type { Creator, LibraryDescriptor } from '../descriptor.js';

const socket = (more: Pick<Creator, 'api' | 'modules' | 'invoke' | 'connects'> & Partial<Creator>): Creator => ({
  makes: 'connection',
  holds: 'sockets',
  perRequestIsNormal: true,
  close: [
    { method: 'end', async: false, mode: 'graceful', note: 'closes the writing half only' },
    { method: 'destroy', async: false, mode: 'forced' },
    { method: 'destroySoon', async: false, mode: 'graceful', note: 'after everything was written' },
  ],
  dispose: { sync: false, async: true },
  errorEvent: { event: 'error', crashesProcess: true },
  cost: 'opens a socket of its own',
  ...more,
});

/** Raw sockets of node:net and node:tls. */
export const nodeNet: LibraryDescriptor = {
  name: 'node:net',
  version: 'Node 20.20.2',
  modules: ['net', 'tls'],
  creators: [
    socket({
      api: '{connect,createConnection}',
      modules: ['net'],
      invoke: 'call',
      connects: 'eager',
      throwsWithoutConfig: true,
    }),
    socket({ api: 'connect', modules: ['tls'], invoke: 'call', connects: 'eager' }),
    socket({
      api: 'Socket',
      modules: ['net'],
      invoke: 'new',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: false },
      note: 'connect() gives back the socket itself, but at once and not as a promise',
    }),
  ],
  cheap: [],
  timeouts: [
    {
      option: 'timeout',
      at: [
        {
          api: '{connect(),createConnection(),new Socket()}.setTimeout',
          argument: 0,
          property: '',
          holds: 'client',
        },
      ],
      argument: [0, 1, 2],
      covers: ['connect', 'socket'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      needs: {
        by: 'listener',
        event: 'timeout',
        ends: ['destroy', 'end'],
        otherwise: 'only emits an event: the socket stays open',
      },
    },
  ],
  holdsProcess: 'always',
  notes: [
    'An idle socket keeps the process alive unless unref() was called.',
    'Servers are no clients and not described here.',
  ],
};
