import type { FrameworkDescriptor } from '../framework.js';

/** Deno. */
export const deno: FrameworkDescriptor = {
  name: 'Deno',
  version: '2.7.0 (types)',
  modules: [],
  globals: ['Deno'],
  registrations: [
    {
      callee: 'Deno.serve',
      handlers: [
        { arguments: 'all' },
        { arguments: [0], properties: ['handler'] },
        { arguments: [1], properties: ['handler'] },
      ],
      scope: 'request',
      label: '`Deno.serve` handler',
    },
    {
      callee: 'Deno.cron',
      handlers: [{ arguments: { from: 2 } }],
      scope: 'request',
      label: '`Deno.cron` job',
      per: 'job',
      calendar: true,
    },
    {
      callee: 'Deno.openKv().listenQueue',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: 'queue handler',
      per: 'message',
    },
    { callee: 'Deno.addSignalListener', handlers: [{ arguments: [1] }], scope: 'startup', label: 'signal listener' },
  ],
  types: [{ type: 'Deno.ServeHandler', annotates: 'function', scope: 'request', label: '{name}() handler' }],
  runtime: [{ runtime: 'node', global: 'Deno' }],
  shutdownPhase: 'depends',
};
