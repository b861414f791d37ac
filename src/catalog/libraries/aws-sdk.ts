import type { Creator, LibraryDescriptor } from '../descriptor.js';

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
  holdsProcess: 'no',
  notes: [
    'An unread GetObject body keeps the process alive.',
    'Of the aggregated classes (S3 next to S3Client) the ones of twenty common services are listed; others are silent.',
  ],
};
