import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

const service = '{new BlobServiceClient(),BlobServiceClient.fromConnectionString()}';
const blob = '{getBlobClient,getBlockBlobClient,getAppendBlobClient,getPageBlobClient}()';

/** Azure SDK clients. */
export const azureSdk: LibraryDescriptor = {
  name: 'Azure SDK',
  version: '@azure/storage-blob 12.32.0, @azure/cosmos 4.9.3, @azure/service-bus 7.9.5, @azure/core-rest-pipeline 1.24.0',
  modules: ['@azure/storage-blob', '@azure/cosmos', '@azure/service-bus', '@azure/core-rest-pipeline'],
  creators: [
    {
      api: 'ServiceBusClient',
      modules: ['@azure/service-bus'],
      invoke: 'new',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'whether it waits for work in progress is unverified' }],
      dispose: { sync: false, async: false },
      cost: 'opens an AMQP connection of its own',
    },
    {
      api: 'CosmosClient',
      modules: ['@azure/cosmos'],
      invoke: 'new',
      makes: 'wrapper',
      holds: 'nothing',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'dispose', async: false, mode: 'forced', note: 'stops the endpoint refresher; frees no sockets' }],
      dispose: { sync: false, async: false },
      cost: 'starts a background endpoint refresher of its own',
      note: 'Its keep-alive agent belongs to the module and is shared by all clients; the refresher runs until dispose().',
    },
  ],
  cheap: [
    {
      api: '{BlobServiceClient,ContainerClient,BlobClient}',
      modules: ['@azure/storage-blob'],
      why: 'the HTTP client behind it belongs to the module and is shared; there is nothing to close',
    },
  ],
  responses: [
    'new {BlobClient,BlockBlobClient,AppendBlobClient,PageBlobClient}()',
    `new ContainerClient().${blob}`,
    `${service}.getContainerClient().${blob}`,
  ].map((client) => ({
    ...nodeStream('readableStreamBody', {
      inspects: ['contentLength', 'contentType', 'etag', 'lastModified', 'metadata', 'requestId', 'version', 'date'],
    }),
    api: `${client}.download`,
    modules: ['@azure/storage-blob'],
    delivery: [{ by: 'promise' }],
    nullable: true,
    unread: 'holds-socket-when-large',
    empty: 'frees-itself',
    signals: [{ argument: 2, property: 'abortSignal' }],
    discard: { template: '{body}?.resume()', awaits: false, effect: 'reads' },
    withoutBody: [{ replace: 'download', by: 'getProperties' }],
    note: 'downloadToBuffer() and downloadToFile() read the body; destroy() of the stream closes the socket, but is not in the types',
  })),
  timeouts: [
    {
      option: 'connectionPolicy.requestTimeout',
      of: ['CosmosClient'],
      covers: ['request'],
      unit: 'ms',
      default: 60_000,
      evidence: 'source',
    },
  ],
  waits: [
    {
      of: ['CosmosClient'],
      for: 'request',
      default: 60_000,
      endedBy: ['connectionPolicy.requestTimeout'],
      evidence: 'source',
    },
  ],
  holdsProcess: 'unknown',
  notes: ['Unused Cosmos clients and used Blob clients let the process end; for Service Bus it is unverified.'],
};
