import { nodeStream } from '../bodies.js';
import type { Creator, LibraryDescriptor, Limit, ResponseSemantics, Timeout } from '../descriptor.js';

const aggregated =
  '{BedrockRuntime,CloudWatch,CloudWatchLogs,CognitoIdentityProvider,DynamoDB,EC2,ECS,EventBridge,KMS,Kinesis,Lambda,S3,SES,SESv2,SFN,SNS,SQS,SSM,STS,SecretsManager}';

const client = (api: string): Creator => ({
  api,
  modules: ['@aws-sdk/client-*'],
  invoke: 'new',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  close: [
    {
      method: 'destroy',
      async: false,
      mode: 'forced',
      note: 'destroys the request handler, also for other clients that share it; a client used afterwards opens new sockets',
    },
  ],
  dispose: { sync: false, async: false },
  cost: 'keeps up to 50 sockets of its own',
  note: 'A requestHandler object that several clients share owns the sockets instead; options for a request handler do not share anything.',
});

// An operation whose output is a stream: the name of the operation and the property of the output.
const streamed = (operation: string, body: string, more: Partial<ResponseSemantics> = {}): readonly ResponseSemantics[] => {
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  const semantics: Omit<ResponseSemantics, 'api'> = {
    ...nodeStream(body, {
      consumers: ['transformToString', 'transformToByteArray', 'transformToWebStream().cancel'].map(
        (reader) => `${body}.${reader}`,
      ),
      inspects: ['$metadata', 'ContentLength', 'ContentType', 'ETag', 'LastModified', 'Metadata', 'VersionId'],
    }),
    modules: ['@aws-sdk/client-*'],
    delivery: [{ by: 'promise' }, { by: 'callback', argument: -1, parameter: 1 }],
    nullable: true,
    unread: 'holds-socket',
    empty: 'holds-socket',
    ends: { client: ['destroy'] },
    signals: [{ argument: 1, property: 'abortSignal' }],
    discard: { template: 'await {body}?.transformToWebStream().cancel()', awaits: true, effect: 'closes', mayReject: true },
    note: `${body}.destroy() closes the socket too, but is not in the types; ${body}.transformToWebStream() alone reads nothing`,
    ...more,
  };
  return [
    {
      ...semantics,
      api: 'new *().send',
      when: [{ test: 'made-by', argument: 0, api: `new ${operation}Command()`, modules: ['@aws-sdk/client-*'] }],
    },
    {
      ...semantics,
      api: `new *().${method}`,
      ...(more.withoutBody
        ? { withoutBody: more.withoutBody.map(({ replace, by }) => ({ replace: methodOf(replace), by: methodOf(by) })) }
        : {}),
    },
  ];
};

function methodOf(command: string): string {
  return command.charAt(0).toLowerCase() + command.slice(1).replace(/Command$/, '');
}

const CLIENTS = ['*Client', aggregated];
const maxSockets: Omit<Limit, 'option'> = {
  bounds: 'per-host',
  default: 50,
  zero: 'unlimited',
  infinity: 'unlimited',
  negative: { means: 'blocks', does: 'lets every request wait for ever, without an error' },
};
const handlerTimeouts = (of: readonly string[], prefix: string): readonly Timeout[] => [
  {
    option: `${prefix}requestTimeout`,
    of,
    covers: ['acquire', 'headers'],
    misses: ['body'],
    unit: 'ms',
    default: 'none',
    zero: 'unlimited',
    needs: {
      by: 'option',
      option: `${prefix}throwOnRequestTimeout`,
      value: true,
      otherwise: 'only logs a warning',
    },
  },
  {
    option: `${prefix}socketTimeout`,
    of,
    covers: ['socket', 'headers', 'body'],
    unit: 'ms',
    default: 'none',
    measures: 'silence',
    zero: 'unlimited',
  },
  {
    option: `${prefix}connectionTimeout`,
    of,
    covers: ['acquire', 'connect'],
    misses: ['headers', 'body'],
    unit: 'ms',
    default: 'none',
    zero: 'unlimited',
    evidence: 'source',
  },
];

/** Clients of the AWS SDK for JavaScript, version 3. */
export const awsSdk: LibraryDescriptor = {
  name: 'AWS SDK v3',
  version: 'client-s3 3.1169.0, client-dynamodb 3.1162.0, lib-dynamodb 3.1162.0, @smithy/node-http-handler 4.14.2',
  modules: ['@aws-sdk/client-*', '@aws-sdk/lib-dynamodb', '@smithy/node-http-handler'],
  creators: [
    client('*Client'),
    client(aggregated),
    {
      api: 'NodeHttpHandler',
      modules: ['@smithy/node-http-handler'],
      invoke: 'new',
      makes: 'agent',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'destroy',
          async: false,
          mode: 'forced',
          note: 'destroys its agents, which the destroy() of a client calls as well',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'keeps up to 50 sockets of its own',
    },
  ],
  cheap: [
    { api: '*Command', modules: ['@aws-sdk/client-*', '@aws-sdk/lib-dynamodb'], why: 'describes one request' },
    {
      api: '{DynamoDBDocumentClient,DynamoDBDocument}.from',
      modules: ['@aws-sdk/lib-dynamodb'],
      why: 'sends through the client it is given, which owns the sockets',
    },
  ],
  transfers: [
    ...['new *Client()', `new ${aggregated}()`].flatMap((api) =>
      ['requestHandler', 'requestHandler.httpAgent', 'requestHandler.httpsAgent'].map((property) => ({
        api,
        modules: ['@aws-sdk/client-*'],
        argument: 0,
        property,
        takesOver: true,
        note: 'destroy() of the client destroys it',
      })),
    ),
    ...['httpAgent', 'httpsAgent'].map((property) => ({
      api: 'new NodeHttpHandler()',
      modules: ['@smithy/node-http-handler'],
      argument: 0,
      property,
      takesOver: true,
      note: 'destroy() of the handler destroys it',
    })),
    {
      api: '{DynamoDBDocumentClient,DynamoDBDocument}.from',
      modules: ['@aws-sdk/lib-dynamodb'],
      argument: 0,
      takesOver: false,
      note: 'its destroy() does nothing',
    },
  ],
  responses: [
    ...streamed('GetObject', 'Body', { withoutBody: [{ replace: 'GetObjectCommand', by: 'HeadObjectCommand' }] }),
    ...streamed('GetObjectTorrent', 'Body'),
    ...streamed('GetSnapshotBlock', 'BlockData'),
    ...streamed('GetPackageVersionAsset', 'asset'),
    ...streamed('GetJobOutput', 'body'),
  ],
  limits: [
    ...['requestHandler.httpsAgent.maxSockets', 'requestHandler.httpAgent.maxSockets'].map((option) => ({
      ...maxSockets,
      option,
      of: CLIENTS,
    })),
    ...['httpsAgent.maxSockets', 'httpAgent.maxSockets'].map((option) => ({
      ...maxSockets,
      option,
      of: ['NodeHttpHandler'],
    })),
    { option: 'maxAttempts', of: CLIENTS, bounds: 'attempts', default: 3 },
  ],
  timeouts: [
    ...handlerTimeouts(CLIENTS, 'requestHandler.'),
    ...handlerTimeouts(['NodeHttpHandler'], ''),
    {
      option: 'requestTimeout',
      of: [],
      at: [{ api: 'new *().send', modules: ['@aws-sdk/client-*'], argument: 1, holds: 'call' }],
      covers: ['acquire', 'headers'],
      misses: ['body'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      needs: {
        by: 'option',
        option: 'requestHandler.throwOnRequestTimeout',
        value: true,
        otherwise: 'only logs a warning',
      },
    },
    {
      option: 'abortSignal',
      of: [],
      at: [{ api: 'new *().send', modules: ['@aws-sdk/client-*'], argument: 1, holds: 'call' }],
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  waits: [
    {
      of: CLIENTS,
      for: 'request',
      default: 'none',
      endedBy: ['requestHandler.requestTimeout', 'requestHandler.socketTimeout', 'requestTimeout', 'abortSignal'],
    },
    {
      of: CLIENTS,
      for: 'connect',
      default: 'none',
      endedBy: ['requestHandler.connectionTimeout', 'requestHandler.requestTimeout', 'abortSignal'],
    },
    { of: ['NodeHttpHandler'], for: 'request', default: 'none', endedBy: ['requestTimeout', 'socketTimeout'] },
    { of: ['NodeHttpHandler'], for: 'connect', default: 'none', endedBy: ['connectionTimeout', 'requestTimeout'] },
  ],
  ignored: (
    [
      ['httpOptions.timeout', 'requestHandler.socketTimeout'],
      ['httpOptions.connectTimeout', 'requestHandler.connectionTimeout'],
      ['httpOptions.agent', 'requestHandler.httpsAgent'],
      ['maxRetries', 'maxAttempts'],
    ] as const
  ).map(([option, instead]) => ({
    of: CLIENTS,
    option,
    because: 'removed' as const,
    instead,
    evidence: 'source' as const,
    note: 'an option of version 2',
  })),
  connectionPerRequest: [
    {
      of: CLIENTS,
      when: ['requestHandler.httpsAgent.keepAlive', 'requestHandler.httpAgent.keepAlive'].map((property) => ({
        test: 'property-is',
        argument: 0,
        property,
        values: [false],
      })),
      does: 'opens a connection for every request',
      note: 'an agent of your own has it off by default',
    },
  ],
  holdsProcess: 'no',
  notes: [
    'An unread GetObject body keeps the process alive.',
    'Of the aggregated classes (S3 next to S3Client) the ones of twenty common services are listed; others are silent.',
  ],
};
