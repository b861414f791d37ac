import type { FrameworkDescriptor } from '../framework.js';

/** Bun. */
export const bun: FrameworkDescriptor = {
  name: 'Bun',
  version: '1.4.5 (types)',
  modules: ['bun'],
  globals: ['Bun'],
  registrations: [
    {
      callee: '{Bun.serve,serve}',
      handlers: [{ arguments: [0], properties: ['fetch', 'error', 'routes.*', 'routes.*.*', 'websocket.*'] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '{Bun.cron,cron}',
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` job',
      per: 'job',
      calendar: true,
    },
  ],
  conventions: [
    // `bun file.ts` and `deno serve file.ts` serve it. So do Cloudflare and others, where a client per request is right.
    {
      file: /./u,
      exports: ['default.fetch'],
      scope: 'request',
      label: '`fetch` handler',
      parameter: /^_*req(?:uest)?$/iu,
      runtime: 'node',
    },
  ],
  runtime: [
    { runtime: 'node', global: 'Bun' },
    { runtime: 'node', imports: ['bun'] },
  ],
  shutdownPhase: true,
};
