import { fetch as described } from '../../../../src/catalog/libraries/fetch.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'fetch',
  packages: [],
  checks: [
    processCheck(
      described,
      'no',
      (url) => `
        const response = await fetch('${url}');
        await response.text();`,
    ),
  ],
} satisfies LibraryChecks;
