/** A browser that starts and never says a word. */
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
