import { wretch } from '../../../../src/catalog/libraries/wretch.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'wretch',
  packages: ['wretch'],
  checks: [
    processCheck(
      wretch,
      'no',
      (url) => `
        import wretch from 'wretch';
        await wretch('${url}').get().text();`,
    ),
  ],
} satisfies LibraryChecks;
