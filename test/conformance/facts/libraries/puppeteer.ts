import { puppeteer } from '../../../../src/catalog/libraries/puppeteer.js';
import type { LibraryChecks } from '../check.js';
import { launchChecks } from '../support/fake-browser.js';

export default {
  library: 'puppeteer',
  packages: ['puppeteer-core'],
  checks: launchChecks(
    puppeteer,
    async (executablePath, options = {}) => {
      const { launch } = await import('puppeteer-core');
      return launch({ executablePath, ...options });
    },
    30,
  ),
} satisfies LibraryChecks;
