import type { FrameworkDescriptor } from '../framework.js';

/** Netlify functions. */
export const netlify: FrameworkDescriptor = {
  name: 'Netlify',
  version: '3',
  modules: ['@netlify/functions'],
  registrations: [
    { callee: 'schedule', handlers: [{ arguments: [-1] }], scope: 'request', label: 'Netlify function', calendar: true },
    { callee: '{stream,builder}', handlers: [{ arguments: [-1] }], scope: 'request', label: 'Netlify function' },
  ],
  types: [{ type: '{Handler,BackgroundHandler}', annotates: 'function', scope: 'request', label: 'Netlify function' }],
  conventions: [
    {
      file: /(?:^|\/)netlify\/functions\/.*\.[cm]?[jt]s$/u,
      exports: ['default', 'handler'],
      scope: 'request',
      label: 'Netlify function',
    },
    {
      file: /(?:^|\/)netlify\/edge-functions\/.*\.[cm]?[jt]s$/u,
      exports: ['default'],
      scope: 'request',
      label: 'edge function',
    },
  ],
  runtime: [
    { runtime: 'edge', file: /(?:^|\/)netlify\/edge-functions\//u },
    { runtime: 'serverless', file: /(?:^|\/)netlify\/functions\//u },
    { runtime: 'serverless', imports: ['@netlify/functions'] },
  ],
  shutdownPhase: false,
};
