import { constants } from 'node:os';
import type { RunnablePlugin } from './plugin.js';
import { run } from './run.js';

/** Runs pool-lint as this process: its arguments, streams, signals and exit code. */
export async function runInProcess(plugin: RunnablePlugin): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const number = constants.signals[signal];
    // Not `once`: signal-exit, which write-file-atomic tidies up with, ends the process when no listener but its own is left.
    process.on(signal, () => {
      // The first stops after the file at hand, a second one at once.
      if (controller.signal.aborted) process.exit(128 + number);
      controller.abort(number);
    });
  }
  // `pool-lint | head` closes the pipe early; that is no reason for a stack trace.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  // The code is set rather than the process ended, so that a long report reaches a slow pipe in full.
  process.exitCode = await run(process.argv.slice(2), plugin, {
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: controller.signal,
  });
}
