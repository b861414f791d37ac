import { ky } from '../../../../src/catalog/libraries/ky.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'ky',
  packages: ['ky'],
  checks: [
    processCheck(
      ky,
      'no',
      (url) => `
        import ky from 'ky';
        await ky('${url}').text();`,
    ),
  ],
} satisfies LibraryChecks;
