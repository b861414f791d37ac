import { unverified, type LibraryChecks } from '../check.js';

export default {
  library: 'better-sqlite3',
  packages: [],
  checks: [
    unverified(
      ['default: connects', 'default: close', 'default: dispose'],
      'Not installed: the package has a native part that has to be built where it is used.',
    ),
  ],
} satisfies LibraryChecks;
