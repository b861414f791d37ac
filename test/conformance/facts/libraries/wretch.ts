import { expect } from 'vitest';
import { wretch as described } from '../../../../src/catalog/libraries/wretch.js';
import { run, type LibraryChecks } from '../check.js';
import { abortedFetch } from '../support/requests.js';

export default {
  library: 'wretch',
  packages: ['wretch'],
  checks: [
    run(
      ['signal: default'],
      'ends a request wherever it is, also while it waits for a connection, and the reading of its body',
      async () => {
        const { default: wretch } = await import('wretch');
        const rejected = 'rejected';
        expect(
          await abortedFetch((url, options) =>
            wretch(url)
              .options(options as never)
              .get()
              .text(),
          ),
        ).toEqual({
          queued: rejected,
          connecting: rejected,
          underWay: rejected,
          inBody: rejected,
        });
        const signal = described.timeouts?.find(({ option }) => option === 'signal');
        expect(signal).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
      },
    ),
  ],
} satisfies LibraryChecks;
