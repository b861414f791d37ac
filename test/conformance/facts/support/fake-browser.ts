/** A browser that starts and never says a word. */
import { expect } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { catalogSays } from './catalog-says.js';
import { withHandClock } from './hand-clock.js';
import { outcome } from './outcome.js';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until, wait } from './site.js';

/** What a test sees of such a browser. */
export interface MuteBrowser {
  readonly executablePath: string;
  /** Waits until it was started, and who started it has begun to listen. */
  readonly started: () => Promise<void>;
}

/** Real milliseconds from the start of the program to the last thing that its starter does before it waits, many times over. */
const SETTLED = 100;

/** Runs something with such a program, which ends by itself two seconds after it was started. */
export async function withMuteBrowser<T>(use: (browser: MuteBrowser) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mute-browser-'));
  const executablePath = path.join(folder, 'browser');
  const mark = path.join(folder, 'started');
  try {
    await writeFile(executablePath, `#!/bin/sh\n: > '${mark}'\nexec sleep 2\n`);
    await chmod(executablePath, 0o755);
    return await use({
      executablePath,
      started: async () => {
        await until('the browser is started', () => existsSync(mark));
        await wait(SETTLED);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The checks of a `launch` that waits for a browser which says nothing.
 *
 * @param seconds How long it waits by default.
 */
export function launchChecks(
  library: LibraryDescriptor,
  launch: (executablePath: string, options?: { readonly timeout?: number }) => Promise<unknown>,
  seconds: number,
): readonly Check[] {
  return [
    run(['timeout: default'], `waits ${String(seconds)} s for the browser to start by default`, async () => {
      for (const [after, state] of [
        [seconds - 1, 'pending'],
        [seconds + 1, 'rejected'],
      ] as const) {
        await withMuteBrowser(({ executablePath, started }) =>
          withHandClock(async ({ stateAfter }) => {
            const browser = launch(executablePath);
            await started();
            expect(await stateAfter(browser, after * 1000)).toBe(state);
          }),
        );
      }
      expect(catalogSays(library, 'timeout')).toMatchObject({ default: seconds * 1000, unit: 'ms' });
    }),
    run(['timeout: zero'], 'waits for the browser to start without a limit with timeout 0', () =>
      withMuteBrowser(async ({ executablePath }) => {
        expect(await outcome(launch(executablePath, { timeout: 0 }), 500)).toBe('pending');
        expect(await outcome(launch(executablePath, { timeout: 100 }), 1_500)).toBe('rejected');
        expect(catalogSays(library, 'timeout').zero).toBe('unlimited');
      }),
    ),
  ];
}
