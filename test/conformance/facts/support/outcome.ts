/** Whether something that a check waits for has come to an end. */
import { setTimeout as delay } from 'node:timers/promises';

/** How a promise stands after some time; it may be rejected later without harm. */
export async function outcome(
  promise: PromiseLike<unknown>,
  milliseconds = 100,
): Promise<'fulfilled' | 'pending' | 'rejected'> {
  const settled = Promise.resolve(promise).then(
    () => 'fulfilled' as const,
    () => 'rejected' as const,
  );
  const timer = new AbortController();
  try {
    return await Promise.race([settled, delay(milliseconds, 'pending' as const, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}

/** The error with which a promise is rejected, and the milliseconds that it took. */
export async function rejection(promise: PromiseLike<unknown>): Promise<{ readonly error: Error; readonly after: number }> {
  const start = performance.now();
  try {
    await promise;
  } catch (error) {
    return { error: error as Error, after: performance.now() - start };
  }
  throw new Error('It was not rejected.');
}
