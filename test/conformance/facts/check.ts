/** How a file of this folder says what it asserts about a library. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

/** A server that a check talks to. What is missing on the machine makes its checks skipped, with a line that says so. */
export type Server = 'mariadb' | 'postgres' | 'redis';

/** Asserts some facts. */
export interface Check {
  /** Ids of `factIds`. */
  readonly facts: readonly string[];
  readonly how: 'run' | 'source' | 'unverified';
  /** What is asserted; for `unverified` the reason why nothing is. */
  readonly title: string;
  readonly needs?: Server;
  readonly test?: () => Promise<void> | void;
}

/** All checks of one library of the catalog. */
export interface LibraryChecks {
  /** Its name in the catalog. */
  readonly library: string;
  /** Installed packages that the checks are made on. */
  readonly packages: readonly string[];
  readonly checks: readonly Check[];
}

/** Facts that running the library shows. The library is imported inside of the test, so that others can read this list without it. */
export function run(facts: readonly string[], title: string, test: () => Promise<void> | void, needs?: Server): Check {
  return { facts, how: 'run', title, test, ...(needs ? { needs } : {}) };
}

const MODULES = path.resolve(import.meta.dirname, '../../../node_modules');

/**
 * Facts that only the text of the installed package shows.
 *
 * @param file Path below `node_modules`.
 * @param shows The text that makes it so; several have to be there all.
 */
export function source(facts: readonly string[], title: string, file: string, ...shows: readonly (RegExp | string)[]): Check {
  return {
    facts,
    how: 'source',
    title,
    test: () => {
      const text = readFileSync(path.join(MODULES, file), 'utf8');
      for (const shown of shows) {
        if (typeof shown === 'string') expect(text).toContain(shown);
        else expect(text).toMatch(shown);
      }
    },
  };
}

/** Facts that nothing here can show, and why. */
export function unverified(facts: readonly string[], reason: string): Check {
  return { facts, how: 'unverified', title: reason };
}
