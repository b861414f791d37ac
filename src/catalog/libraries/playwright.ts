import type { LibraryDescriptor } from '../descriptor.js';

/** Browsers of Playwright. */
export const playwright: LibraryDescriptor = {
  name: 'playwright',
  version: 'playwright-core 1.65.1 (types and documentation; no browser was run)',
  modules: ['playwright', 'playwright-core'],
  creators: [
    {
      api: '{chromium,firefox,webkit}.{launch,launchPersistentContext}',
      invoke: 'call',
      makes: 'process',
      holds: 'process',
      connects: 'eager',
      returnsPromise: true,
      close: [{ method: 'close', async: true, mode: 'forced' }],
      dispose: { sync: false, async: true },
      cost: 'starts a browser process of its own',
    },
    {
      api: '{chromium,firefox,webkit}.connect',
      invoke: 'call',
      makes: 'process',
      holds: 'process',
      connects: 'eager',
      returnsPromise: true,
      close: [{ method: 'close', async: true, mode: 'forced' }],
      dispose: { sync: false, async: true },
      cost: 'connects to a browser again',
    },
  ],
  cheap: [
    {
      api: '{chromium,firefox,webkit}.{launch,connect}().newContext',
      why: 'a context per request is the right unit; the browser is shared',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: ['{chromium,firefox,webkit}.{launch,launchPersistentContext}'],
      argument: [0, 1],
      covers: ['start'],
      unit: 'ms',
      default: 180_000,
      zero: 'unlimited',
    },
  ],
  holdsProcess: 'always',
  notes: [],
};
