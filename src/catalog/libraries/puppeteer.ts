import type { Creator, LibraryDescriptor } from '../descriptor.js';

const browser = (more: Pick<Creator, 'api' | 'close' | 'cost'> & Partial<Creator>): Creator => ({
  invoke: 'call',
  makes: 'process',
  holds: 'process',
  connects: 'eager',
  returnsPromise: true,
  dispose: { sync: true, async: true, note: 'closes a launched browser and disconnects from any other' },
  ...more,
});

/** Browsers of Puppeteer. */
export const puppeteer: LibraryDescriptor = {
  name: 'puppeteer',
  version: 'puppeteer-core 24.43.1 (source and documentation; no browser was run)',
  modules: ['puppeteer', 'puppeteer-core'],
  creators: [
    browser({
      api: 'launch',
      close: [{ method: 'close', async: true, mode: 'forced' }],
      cost: 'starts a browser process of its own',
    }),
    browser({
      api: 'connect',
      close: [
        { method: 'disconnect', async: true, mode: 'forced', note: 'leaves the browser running' },
        { method: 'close', async: true, mode: 'forced', note: 'ends the browser' },
      ],
      cost: 'connects to a browser again',
    }),
  ],
  cheap: [
    { api: '{launch,connect}().createBrowserContext', why: 'a context per request is the right unit; the browser is shared' },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: ['launch'],
      covers: ['start'],
      unit: 'ms',
      default: 30_000,
      zero: 'unlimited',
    },
  ],
  holdsProcess: 'always',
  notes: [],
};
