import type { Output } from './host.js';

/** A line that says how far a run is. */
export interface Progress {
  readonly update: (done: number) => void;
  readonly clear: () => void;
}

// Most runs are over sooner, and a line that flashes up only disturbs.
const DELAY_MS = 1000;
const INTERVAL_MS = 100;
const CLEAR_LINE = '\r\u001B[K';

/** Shows progress on a terminal, once the run takes more than a second. Elsewhere it does nothing. */
export function createProgress(stderr: Output, total: number, now: () => number = Date.now): Progress {
  const start = now();
  let shown: number | undefined;
  return {
    update(done) {
      const time = now();
      if (stderr.isTTY !== true || time - start < DELAY_MS || (shown !== undefined && time - shown < INTERVAL_MS)) return;
      shown = time;
      stderr.write(`${CLEAR_LINE}Checking files: ${String(done)} of ${String(total)}`);
    },
    clear() {
      if (shown !== undefined) stderr.write(CLEAR_LINE);
      shown = undefined;
    },
  };
}
