import type { Creator, LibraryDescriptor, Timeout } from '../descriptor.js';

const CONNECT = { method: 'connect', required: true, repeatable: false, returnsClient: false } as const;

const client = (api: string, makes: Creator['makes'], more: Partial<Creator> = {}): Creator => ({
  api,
  invoke: 'call',
  makes,
  holds: 'sockets',
  connects: 'on-connect',
  connect: CONNECT,
  close: [{ method: 'disconnect', async: true, mode: 'graceful' }],
  dispose: { sync: false, async: false },
  cost: 'opens connections of its own to the brokers once connected',
  ...more,
});

/** Kafka clients of kafkajs. */
export const kafkajs: LibraryDescriptor = {
  name: 'kafkajs',
  version: '2.2.4',
  modules: ['kafkajs'],
  creators: [
    client('new Kafka().{producer,admin}', 'multiplexed'),
    client('new Kafka().consumer', 'consumer', {
      throwsWithoutConfig: true,
      note: 'stop() ends fetching and leaves the connections; disconnect() stops first',
    }),
  ],
  cheap: [{ api: 'Kafka', why: 'holds the configuration and opens nothing' }],
  limits: [
    {
      option: 'maxInFlightRequests',
      bounds: 'in-flight',
      default: 'unlimited',
      null: 'unlimited',
      evidence: 'source',
    },
  ],
  timeouts: (
    [
      ['connectionTimeout', 'connect', 1_000],
      ['requestTimeout', 'request', 30_000],
    ] as const
  ).map(([option, phase, time]): Timeout => ({
    option,
    of: [],
    at: [{ api: 'Kafka', argument: 0, holds: 'client' }],
    covers: [phase],
    unit: 'ms',
    default: time,
    evidence: 'source',
  })),
  waits: [
    { for: 'connect', default: 1_000, endedBy: ['connectionTimeout'], evidence: 'source' },
    { for: 'request', default: 30_000, endedBy: ['requestTimeout'], evidence: 'source' },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Before connect() nothing is open and the process may end; afterwards it is unverified (no broker was at hand).',
    'connect() rejects on failure; there is no error event to listen to.',
  ],
};
