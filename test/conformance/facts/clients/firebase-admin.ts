import { unverified, type LibraryChecks } from '../check.js';

export default {
  library: 'firebase-admin',
  packages: [],
  checks: [
    unverified(
      ['initializeApp: connects', 'initializeApp: close'],
      'not installed for its size; what it connects to is a cloud service',
    ),
  ],
} satisfies LibraryChecks;
