import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { puppeteer } from '../../../../src/catalog/libraries/puppeteer.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { until } from '../support/site.js';

interface Browser {
  readonly endpoint: string;
  /** A program that says where the browser listens. */
  readonly executablePath: string;
  readonly open: () => number;
  /** Whether it was asked to close. */
  readonly asked: readonly string[];
}

/** Runs something with a browser that agrees to everything, and shows nothing. */
async function withBrowser(use: (browser: Browser) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'browser-'));
  const executablePath = path.join(folder, 'browser');
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const endpoint = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/devtools/browser/id`;
  const asked: string[] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { id, method } = JSON.parse(data.toString()) as { readonly id: number; readonly method: string };
      asked.push(method);
      socket.send(JSON.stringify({ id, result: { browserContextIds: [], product: 'Chrome/140', targetInfos: [] } }));
      if (method === 'Browser.close') {
        socket.close();
        // Which ends the program.
        void rm(executablePath, { force: true });
      }
    });
  });
  try {
    await writeFile(
      executablePath,
      `#!/bin/sh\necho 'DevTools listening on ${endpoint}' >&2\nwhile [ -e ${executablePath} ]; do sleep 0.05; done\n`,
    );
    await chmod(executablePath, 0o755);
    await use({ endpoint, executablePath, asked, open: () => server.clients.size });
  } finally {
    for (const client of server.clients) client.terminate();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const launch = async ({ executablePath }: Browser) =>
  (await import('puppeteer-core')).launch({ executablePath, waitForInitialPage: false });
const connect = async ({ endpoint }: Browser) => (await import('puppeteer-core')).connect({ browserWSEndpoint: endpoint });

const launches = creatorOf(puppeteer, 'launch');
const connects = creatorOf(puppeteer, 'connect');

export default {
  library: 'puppeteer',
  packages: ['puppeteer-core'],
  checks: [
    run(['launch: connects', 'launch: dispose'], 'launch() starts a browser, which its symbols close', () =>
      withBrowser(async (browser) => {
        const launched = await launch(browser);
        expect(launched.process()?.exitCode).toBeNull();
        expect(browser.open()).toBe(1);
        expectDispose(launched, launches, { sync: true, async: true });
        await (launched as unknown as AsyncDisposable)[Symbol.asyncDispose]();
        expect(browser.asked).toContain('Browser.close');
        expect(launches.connects).toBe('eager');
      }),
    ),
    run(['launch: close'], 'close() ends the browser that was launched', () =>
      withBrowser(async (browser) => {
        await expectCloses(launches, { close: 'by a promise' }, { make: () => launch(browser), open: browser.open });
        expect(browser.asked).toContain('Browser.close');
      }),
    ),
    run(['connect: connects', 'connect: dispose'], 'connect() connects at once, and its symbols only disconnect', () =>
      withBrowser(async (browser) => {
        const connected = await connect(browser);
        expect(browser.open()).toBe(1);
        expectDispose(connected, connects, { sync: true, async: true });
        await (connected as unknown as AsyncDisposable)[Symbol.asyncDispose]();
        await until('the end of the connection', () => browser.open() === 0);
        expect(browser.asked).not.toContain('Browser.close');
        expect(connects.connects).toBe('eager');
      }),
    ),
    run(['connect: close'], 'disconnect() leaves the browser running, close() ends it', () =>
      withBrowser(async (browser) => {
        await (await connect(browser)).disconnect();
        expect(browser.asked).not.toContain('Browser.close');
        await expectCloses(
          connects,
          { disconnect: 'by a promise', close: 'by a promise' },
          { make: () => connect(browser), open: browser.open },
        );
        expect(browser.asked).toContain('Browser.close');
      }),
    ),
    run(['holds process'], 'holds the process', () =>
      withBrowser(async ({ endpoint }) => {
        const program = `
          import { connect } from 'puppeteer-core';
          await connect({ browserWSEndpoint: ${JSON.stringify(endpoint)} });
        `;
        expect(await holdsProcess(program)).toBe(true);
        expect(puppeteer.holdsProcess).toBe('always');
      }),
    ),
  ],
} satisfies LibraryChecks;
