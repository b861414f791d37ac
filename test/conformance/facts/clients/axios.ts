import { axios } from '../../../../src/catalog/libraries/axios.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'axios',
  packages: ['axios'],
  checks: [
    processCheck(
      axios,
      'no',
      (url) => `
        import axios from 'axios';
        await axios.get('${url}');`,
    ),
  ],
} satisfies LibraryChecks;
