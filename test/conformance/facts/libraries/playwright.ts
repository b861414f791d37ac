import { expect } from 'vitest';
import { playwright } from '../../../../src/catalog/libraries/playwright.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withMuteBrowser } from '../support/fake-browser.js';
import { withHandClock } from '../support/hand-clock.js';
import { outcome } from '../support/outcome.js';

async function launch(executablePath: string, options: { readonly timeout?: number } = {}): Promise<unknown> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, ...options });
}

export default {
  library: 'playwright',
  packages: ['playwright-core'],
  checks: [
    run(['timeout: default'], 'waits 180 s for the browser to start by default', async () => {
      for (const [milliseconds, state] of [
        [179_000, 'pending'],
        [181_000, 'rejected'],
      ] as const) {
        await withMuteBrowser(({ executablePath, started }) =>
          withHandClock(async ({ stateAfter }) => {
            const browser = launch(executablePath);
            await started();
            expect(await stateAfter(browser, milliseconds)).toBe(state);
          }),
        );
      }
      expect(catalogSays(playwright, 'timeout')).toMatchObject({ default: 180_000, unit: 'ms' });
    }),
    run(['timeout: zero'], 'waits for the browser to start without a limit with timeout 0', () =>
      withMuteBrowser(async ({ executablePath }) => {
        expect(await outcome(launch(executablePath, { timeout: 0 }), 500)).toBe('pending');
        expect(await outcome(launch(executablePath, { timeout: 100 }), 1_500)).toBe('rejected');
        expect(catalogSays(playwright, 'timeout').zero).toBe('unlimited');
      }),
    ),
  ],
} satisfies LibraryChecks;
