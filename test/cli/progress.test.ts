import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.js';

function watch(isTTY: boolean | undefined, times: readonly number[]): string[] {
  const written: string[] = [];
  let clock = 0;
  const progress = createProgress({ write: (text) => written.push(text), isTTY }, 9, () => clock);
  times.forEach((time, done) => {
    clock = time;
    progress.update(done);
  });
  progress.clear();
  return written;
}

describe('the progress line', () => {
  it('comes after a second, ten times a second at most, and goes', () => {
    expect(watch(true, [0, 999, 1000, 1050, 1100])).toEqual([
      '\r\u001B[KChecking files: 2 of 9',
      '\r\u001B[KChecking files: 4 of 9',
      '\r\u001B[K',
    ]);
  });

  it('does not come in a short run', () => {
    expect(watch(true, [0, 500, 999])).toEqual([]);
  });

  it.each([false, undefined])('does not come where nobody looks (isTTY: %s)', (isTTY) => {
    expect(watch(isTTY, [0, 5000])).toEqual([]);
  });
});
