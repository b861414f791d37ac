import { unverified, type LibraryChecks } from '../check.js';

export default {
  library: 'better-sqlite3',
  packages: [],
  checks: [
    unverified(
      ['timeout: default', 'timeout: zero'],
      'The package has a native part that has to be built where it is used, and is not installed here.',
    ),
  ],
} satisfies LibraryChecks;
