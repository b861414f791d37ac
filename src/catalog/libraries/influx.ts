import type { LibraryDescriptor } from '../descriptor.js';

/** InfluxDB 1.x client over HTTP. */
export const influx: LibraryDescriptor = {
  name: 'influx',
  version: '5.12.0',
  modules: ['influx'],
  creators: [],
  cheap: [{ api: 'InfluxDB', why: 'goes over HTTP, opens no socket at construction and has no close method' }],
  timeouts: [
    {
      option: 'pool.requestTimeout',
      of: [],
      at: [{ api: 'InfluxDB', argument: 0, holds: 'client' }],
      covers: ['request'],
      unit: 'ms',
      default: 30_000,
    },
  ],
  holdsProcess: 'unknown',
  notes: [],
};
