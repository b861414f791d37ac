import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { playwright } from '../../../../src/catalog/libraries/playwright.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';

/** A browser that agrees to everything, and shows nothing. It is spoken to over two pipes, with a zero behind each message. */
const BROWSER = `
  import { Socket } from 'node:net';
  const output = new Socket({ fd: 4 });
  let rest = '';
  new Socket({ fd: 3 }).setEncoding('utf8').on('data', (data) => {
    const messages = (rest + data).split('\\0');
    rest = messages.pop();
    for (const { id, method, sessionId } of messages.map((message) => JSON.parse(message))) {
      const version = { product: 'Chrome/140.0.0.0', userAgent: 'HeadlessChrome/140.0.0.0' };
      const result = { ...version, targetInfo: { targetId: 'id', type: 'browser' } };
      output.write(JSON.stringify({ id, sessionId, result }) + '\\0');
      if (method === 'Browser.close') setTimeout(() => process.exit(), 10);
    }
  }).on('end', () => process.exit());
`;

/** Runs something with such a browser. */
async function withBrowser(use: (executablePath: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'browser-'));
  const executablePath = path.join(folder, 'browser');
  try {
    await writeFile(`${executablePath}.mjs`, BROWSER);
    await writeFile(executablePath, `#!/bin/sh\nexec '${process.execPath}' '${executablePath}.mjs'\n`);
    await chmod(executablePath, 0o755);
    await use(executablePath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs something with a browser that others connect to. */
const withServer = (use: (endpoint: string, ended: () => boolean) => Promise<void>): Promise<void> =>
  withBrowser(async (executablePath) => {
    const { chromium } = await import('playwright-core');
    const server = await chromium.launchServer({ executablePath, timeout: 10_000 });
    try {
      await use(server.wsEndpoint(), () => server.process().exitCode !== null);
    } finally {
      await server.close();
    }
  });

const LAUNCH = '{chromium,firefox,webkit}.{launch,launchPersistentContext}';
const CONNECT = '{chromium,firefox,webkit}.connect';
const launches = creatorOf(playwright, LAUNCH);
const connects = creatorOf(playwright, CONNECT);

/** How many of some browsers are connected. */
const connectedOf = (browsers: readonly Browser[]): number => browsers.filter((browser) => browser.isConnected()).length;

export default {
  library: 'playwright',
  packages: ['playwright-core'],
  checks: [
    run([`${LAUNCH}: connects`, `${LAUNCH}: dispose`], 'launch() starts a browser, which the asynchronous symbol closes', () =>
      withBrowser(async (executablePath) => {
        const { chromium } = await import('playwright-core');
        const browser = await chromium.launch({ executablePath, timeout: 10_000 });
        expect(browser.isConnected()).toBe(true);
        expectDispose(browser, launches, { sync: false, async: true });
        await browser[Symbol.asyncDispose]();
        expect(browser.isConnected()).toBe(false);
        expect(launches.connects).toBe('eager');
      }),
    ),
    run([`${LAUNCH}: close`], 'close() ends the browser that was launched', () =>
      withBrowser(async (executablePath) => {
        const { chromium } = await import('playwright-core');
        const browsers: Browser[] = [];
        await expectCloses(
          launches,
          { close: 'by a promise' },
          {
            make: async () => {
              const browser = await chromium.launch({ executablePath, timeout: 10_000 });
              browsers.push(browser);
              return browser;
            },
            open: () => connectedOf(browsers),
          },
        );
      }),
    ),
    run(
      [`${CONNECT}: connects`, `${CONNECT}: dispose`],
      'connect() connects at once, and the asynchronous symbol closes it',
      () =>
        withServer(async (endpoint) => {
          const { chromium } = await import('playwright-core');
          const browser = await chromium.connect(endpoint);
          expect(browser.isConnected()).toBe(true);
          expectDispose(browser, connects, { sync: false, async: true });
          await browser[Symbol.asyncDispose]();
          expect(browser.isConnected()).toBe(false);
          expect(connects.connects).toBe('eager');
        }),
    ),
    run([`${CONNECT}: close`], 'close() disconnects, and leaves a browser running that others connect to', () =>
      withServer(async (endpoint, ended) => {
        const { chromium } = await import('playwright-core');
        const browsers: Browser[] = [];
        await expectCloses(
          connects,
          { close: 'by a promise' },
          {
            make: async () => {
              const browser = await chromium.connect(endpoint);
              browsers.push(browser);
              return browser;
            },
            open: () => connectedOf(browsers),
          },
        );
        expect(ended()).toBe(false);
      }),
    ),
    run(['holds process'], 'holds the process', () =>
      withBrowser(async (executablePath) => {
        const program = `
          import { chromium } from 'playwright-core';
          await chromium.launch({ executablePath: ${JSON.stringify(executablePath)} });
        `;
        expect(await holdsProcess(program)).toBe(true);
        expect(playwright.holdsProcess).toBe('always');
      }),
    ),
  ],
} satisfies LibraryChecks;
