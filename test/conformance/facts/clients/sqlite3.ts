import { unverified, type LibraryChecks } from '../check.js';

const HANDLES = ['{Database,verbose().Database}', '{cached.Database,verbose().cached.Database}'];

export default {
  library: 'sqlite3',
  packages: [],
  checks: [
    unverified(
      HANDLES.flatMap((name) => [`${name}: connects`, `${name}: close`, `${name}: dispose`]),
      'Not installed: sqlite3 has a native part that has to be built where it is used.',
    ),
    unverified(
      ['open: connects', 'open: close'],
      'Not installed: sqlite does nothing without sqlite3, which has a native part.',
    ),
  ],
} satisfies LibraryChecks;
