import { got } from '../../../../src/catalog/libraries/got.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'got',
  packages: ['got'],
  checks: [
    processCheck(
      got,
      'no',
      (url) => `
        import { Agent } from 'node:http';
        import got from 'got';
        await got('${url}', { agent: { http: new Agent({ keepAlive: true }) } }).text();`,
    ),
  ],
} satisfies LibraryChecks;
