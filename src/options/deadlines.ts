/** Durations where a point in time is wanted. */
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { givenOptionsOf, type GivenOption } from './given.js';
import { valuesOf } from './values.js';

/** A number that lies in the past when it is read as a point in time. */
export interface ShortDeadline {
  readonly given: GivenOption;
}

// The year 2001 in milliseconds: nobody means a deadline before that, and nobody a duration behind it.
const EARLIEST = 1e12;

/** All of a file, in source order. Zero is no duration, and is not among them. */
export const shortDeadlinesOf = perFile((file: SourceFile): readonly ShortDeadline[] =>
  givenOptionsOf(file)
    .filter(({ fact, value }) => {
      if (!('unit' in fact) || fact.unit !== 'deadline') return false;
      const values = valuesOf(file, value);
      return (
        values.length > 0 &&
        values.every((found) => typeof found.value === 'number' && found.value > 0 && found.value < EARLIEST)
      );
    })
    .map((given) => ({ given })),
);
