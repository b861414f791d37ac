import type { FrameworkDescriptor } from '../framework.js';
import { HTTP_METHODS } from './http-methods.js';
import { exportedMiddleware } from './signatures.js';

/** polka. */
export const polka: FrameworkDescriptor = {
  name: 'polka',
  version: '0.5.2',
  modules: ['polka'],
  values: {
    app: ['default()'],
  },
  chains: { app: '*' },
  application: { values: ['app'], members: ['socket.server'] },
  registrations: [
    {
      callee: `<app>.{${HTTP_METHODS},all}`,
      minArguments: 2,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.use', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` middleware' },
    {
      callee: 'default',
      handlers: [{ arguments: [0], properties: ['onError', 'onNoMatch'] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.listen', handlers: [{ arguments: 'all' }], scope: 'startup', label: '`{callee}` callback' },
  ],
  conventions: exportedMiddleware(['polka']),
  runtime: [{ runtime: 'node', imports: ['polka'] }],
  shutdownPhase: true,
};
