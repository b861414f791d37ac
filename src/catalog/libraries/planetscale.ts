import type { LibraryDescriptor } from '../descriptor.js';

/** PlanetScale driver over HTTP. */
export const planetscale: LibraryDescriptor = {
  name: '@planetscale/database',
  version: '1.20.2',
  modules: ['@planetscale/database'],
  creators: [],
  cheap: [{ api: '{connect,Client}', why: 'goes over fetch (docs), opens no socket of its own and has no close method' }],
  holdsProcess: 'no',
  notes: [],
};
