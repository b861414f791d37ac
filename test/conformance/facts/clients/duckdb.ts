import { unverified, type LibraryChecks } from '../check.js';

const CREATORS = ['DuckDBInstance.create', 'DuckDBInstance.fromCache', 'DuckDBConnection.create'];

export default {
  library: 'duckdb',
  packages: [],
  checks: [
    unverified(
      CREATORS.flatMap((name) => [`${name}: connects`, `${name}: close`, `${name}: dispose`]),
      'Not installed: the bindings of @duckdb/node-api are a native library of some 50 MB.',
    ),
    unverified(
      ['Database: connects', 'Database: close'],
      'Not installed: duckdb, which its successor has replaced, has a native part that has to be built where it is used.',
    ),
  ],
} satisfies LibraryChecks;
