import type { FrameworkDescriptor } from '../framework.js';

/** Nitro and the server of Nuxt. */
export const nitro: FrameworkDescriptor = {
  name: 'Nitro',
  version: '2.13.6, 3.0.0, Nuxt 4.5.2',
  modules: ['nitropack/runtime', 'nitropack', 'nitro/runtime', '#imports'],
  globals: ['defineNitroPlugin', 'nitroPlugin', 'defineTask'],
  registrations: [
    {
      callee: '{defineNitroPlugin,definePlugin,nitroPlugin}',
      handlers: [{ arguments: [0] }],
      scope: 'startup',
      label: 'Nitro plugin',
      parameters: { 0: 'nitro' },
    },
    {
      callee: 'defineTask',
      handlers: [{ arguments: [0], properties: ['run'] }],
      scope: 'request',
      label: 'Nitro task',
      per: 'run',
    },
    {
      callee: '<nitro>.hooks.hook',
      when: { index: 0, values: ['request', 'beforeResponse', 'afterResponse', 'error'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` hook',
    },
    {
      callee: '<nitro>.hooks.hook',
      when: { index: 0, values: ['request', 'beforeResponse', 'afterResponse', 'error'], not: true },
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` hook',
    },
  ],
  values: {
    nitro: ['new NitroApp()'],
  },
  conventions: [
    {
      file: /(?:^|\/)server\/(?:api|routes|middleware)\/.*\.[cm]?[jt]s$/u,
      exports: ['default'],
      scope: 'request',
      label: 'Nitro route',
    },
  ],
  hotReload: { dependencies: ['nuxt'] },
  runtime: [{ runtime: 'edge', dependencies: ['nitro-cloudflare-dev'] }],
  shutdownPhase: 'depends',
};
