import type { FrameworkDescriptor } from '../framework.js';

/** Google Cloud Functions. */
export const googleCloudFunctions: FrameworkDescriptor = {
  name: 'Google Cloud Functions',
  version: '5',
  modules: ['@google-cloud/functions-framework'],
  per: 'invocation',
  registrations: [
    { callee: '{http,cloudEvent}', handlers: [{ arguments: [1] }], scope: 'request', label: '`{callee}` function' },
  ],
  types: [
    {
      type: '{HttpFunction,CloudEventFunction,EventFunction}',
      annotates: 'function',
      scope: 'request',
      label: '{name}() function',
    },
  ],
  runtime: [{ runtime: 'serverless', imports: ['@google-cloud/functions-framework'] }],
  shutdownPhase: false,
};
