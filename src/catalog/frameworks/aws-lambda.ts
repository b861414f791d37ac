import type { FrameworkDescriptor } from '../framework.js';

/** AWS Lambda with its wrappers. Module scope is kept between invocations; nothing is ever closed. */
export const awsLambda: FrameworkDescriptor = {
  name: 'AWS Lambda',
  version: 'types 8.10',
  modules: ['@middy/core', 'serverless-http', '@vendia/serverless-express', '@fastify/aws-lambda', 'aws-lambda'],
  per: 'invocation',
  globals: ['awslambda'],
  values: {
    middy: ['default()', 'middy()'],
  },
  chains: { middy: '*' },
  registrations: [
    { callee: '{default,middy}', handlers: [{ arguments: [0] }], scope: 'request', label: 'Lambda handler' },
    { callee: '<middy>.handler', handlers: [{ arguments: [0] }], scope: 'request', label: 'Lambda handler' },
    {
      callee: '<middy>.{before,after,onError}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` middleware',
    },
    {
      callee: '<middy>.use',
      handlers: [{ arguments: [0], properties: ['before', 'after', 'onError'] }],
      scope: 'request',
      label: 'middleware',
    },
    { callee: 'awslambda.streamifyResponse', handlers: [{ arguments: [0] }], scope: 'request', label: 'Lambda handler' },
  ],
  types: [
    {
      type: 'ScheduledHandler',
      annotates: 'function',
      scope: 'request',
      label: 'Lambda handler',
      modules: ['aws-lambda'],
      calendar: true,
    },
    {
      type: 'ScheduledEvent',
      annotates: 'parameter',
      scope: 'request',
      label: 'Lambda handler',
      modules: ['aws-lambda'],
      calendar: true,
    },
    {
      type: '{Handler,*Handler,*HandlerV2,*HandlerV2With*,*HandlerWith*}',
      annotates: 'function',
      scope: 'request',
      label: 'Lambda handler',
      modules: ['aws-lambda'],
    },
    {
      type: '{Context,*Event,*EventV2}',
      annotates: 'parameter',
      scope: 'request',
      label: 'Lambda handler',
      modules: ['aws-lambda'],
    },
  ],
  conventions: [
    {
      file: /./u,
      exports: ['handler'],
      scope: 'request',
      label: 'Lambda handler',
      parameter: /^_?(?:event|evt|e)$/iu,
      without: ['command', 'builder', 'describe'],
    },
  ],
  runtime: [
    {
      runtime: 'serverless',
      imports: [
        'aws-lambda',
        '@middy/*',
        'serverless-http',
        '@vendia/serverless-express',
        '@fastify/aws-lambda',
        '@types/aws-lambda',
      ],
    },
    {
      runtime: 'serverless',
      projectFile: ['serverless.yml', 'serverless.yaml', 'serverless.ts', 'template.yaml', 'samconfig.toml'],
    },
  ],
  shutdownPhase: false,
};
