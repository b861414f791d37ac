import { unverified, type LibraryChecks } from '../check.js';

export default {
  library: '@apollo/client',
  packages: [],
  checks: [
    unverified(
      ['holds process'],
      'not installed: @apollo/client; its requests go through the global fetch, which is checked on its own',
    ),
  ],
} satisfies LibraryChecks;
