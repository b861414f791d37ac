import { ofetch } from '../../../../src/catalog/libraries/ofetch.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'ofetch',
  packages: ['ofetch'],
  checks: [
    processCheck(
      ofetch,
      'no',
      (url) => `
        import { ofetch } from 'ofetch';
        await ofetch('${url}');`,
    ),
  ],
} satisfies LibraryChecks;
