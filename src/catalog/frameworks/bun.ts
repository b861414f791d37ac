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
    { callee: '{Bun.cron,cron}', handlers: [{ arguments: [1] }], scope: 'request', label: '`{callee}` job' },
  ],
  runtime: [
    { runtime: 'node', global: 'Bun' },
    { runtime: 'node', imports: ['bun'] },
  ],
  shutdownPhase: true,
};
