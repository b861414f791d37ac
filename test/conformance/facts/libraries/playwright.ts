import { playwright } from '../../../../src/catalog/libraries/playwright.js';
import type { LibraryChecks } from '../check.js';
import { launchChecks } from '../support/fake-browser.js';

export default {
  library: 'playwright',
  packages: ['playwright-core'],
  checks: launchChecks(
    playwright,
    async (executablePath, options = {}) => {
      const { chromium } = await import('playwright-core');
      return chromium.launch({ executablePath, ...options });
    },
    180,
  ),
} satisfies LibraryChecks;
