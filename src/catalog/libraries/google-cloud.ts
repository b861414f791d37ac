import { nodeStream } from '../bodies.js';
import type { Creator, LibraryDescriptor } from '../descriptor.js';

const firestore = (api: string): Creator => ({
  api,
  modules: ['@google-cloud/firestore'],
  invoke: 'new',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  close: [
    {
      method: 'terminate',
      async: true,
      mode: 'graceful',
      note: 'rejects while onSnapshot listeners or BulkWriters are open',
    },
  ],
  dispose: { sync: false, async: false },
  cost: 'opens gRPC channels of its own',
});

/** Google Cloud clients. */
export const googleCloud: LibraryDescriptor = {
  name: 'Google Cloud',
  version: '@google-cloud/storage 7.22.0, @google-cloud/pubsub 5.3.1, @google-cloud/firestore 8.7.1, google-gax 5.0.8',
  modules: ['@google-cloud/storage', '@google-cloud/pubsub', '@google-cloud/firestore'],
  creators: [
    {
      api: 'PubSub',
      modules: ['@google-cloud/pubsub'],
      invoke: 'new',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'close',
          async: true,
          mode: 'forced',
          note: 'queued messages fail: close topics and subscriptions first; it cannot be used again',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens gRPC channels of its own',
    },
    firestore('default'),
    firestore('Firestore'),
  ],
  cheap: [
    {
      api: 'Storage',
      modules: ['@google-cloud/storage'],
      why: 'its sockets belong to agents of the module; but each has its own auth client and token cache, so sharing it still pays',
    },
  ],
  responses: [
    {
      ...nodeStream('', { inspects: ['on:response'] }),
      api: '{new Storage().bucket().file(),new Bucket().file(),new File()}.createReadStream',
      modules: ['@google-cloud/storage'],
      delivery: [{ by: 'return' }],
      unread: 'frees-itself',
      empty: 'frees-itself',
      discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
      note: 'sends its request with the first read: a stream nobody reads opens nothing, one that was read in part holds its socket until it is destroyed',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [{ api: 'Storage', modules: ['@google-cloud/storage'], argument: 0, holds: 'client' }],
      covers: ['request'],
      unit: 'ms',
      default: 'none',
      measures: 'attempt',
      note: 'the 600 s for all tries together (retryOptions.totalTimeout) are looked at between tries: one that is never answered does not end',
    },
  ],
  holdsProcess: 'unknown',
  notes: ['Unused clients let the process end; after use it is unverified.', 'Storage has no close.'],
};
