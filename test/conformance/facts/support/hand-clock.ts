/** Long times in a short test. */
import { vi } from 'vitest';
import { stateOf, wait, type State } from './site.js';

/** A clock that stands still until it is put forward. */
export interface HandClock {
  /** Lets that many milliseconds go by, and then what they set off. */
  readonly forward: (milliseconds: number) => Promise<void>;
  /** How far a promise has got after that many milliseconds more. */
  readonly stateAfter: (promise: PromiseLike<unknown>, milliseconds: number) => Promise<State>;
  /** The same at each of some numbers of milliseconds from now. */
  readonly states: (promise: PromiseLike<unknown>, times: readonly number[]) => Promise<readonly State[]>;
  /** What can be seen at each of some numbers of milliseconds from now. */
  readonly look: <T>(times: readonly number[], see: () => T) => Promise<readonly T[]>;
}

/** Real milliseconds in which loopback and the event loop have done what is due many times over. */
const SETTLED = 20;

const STUCK = 15_000;

/**
 * Runs something while the timers of the program go by a clock that is put forward by hand. Sockets stay on the real one, their own
 * timeouts too.
 */
export async function withHandClock<T>(use: (clock: HandClock) => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const forward = async (milliseconds: number): Promise<void> => {
    await wait(SETTLED);
    await vi.advanceTimersByTimeAsync(milliseconds);
    await wait(SETTLED);
  };
  const look = async <S>(times: readonly number[], see: () => Promise<S> | S): Promise<readonly S[]> => {
    const seen: S[] = [];
    let now = 0;
    for (const time of times) {
      await forward(time - now);
      now = time;
      seen.push(await see());
    }
    return seen;
  };
  const stateAfter = async (promise: PromiseLike<unknown>, milliseconds: number): Promise<State> => {
    // Followed from the start, so that a rejection on the way is no unhandled one.
    const followed = Promise.resolve(promise);
    followed.catch(() => undefined);
    await forward(milliseconds);
    return stateOf(followed, 0);
  };
  const states = (promise: PromiseLike<unknown>, times: readonly number[]): Promise<readonly State[]> => {
    const followed = Promise.resolve(promise);
    followed.catch(() => undefined);
    return look(times, () => stateOf(followed, 0));
  };
  try {
    return await Promise.race([
      use({ forward, look, stateAfter, states }),
      // Something that waits for a timer would leave the clock standing still for all tests behind it.
      wait(STUCK).then(() => Promise.reject(new Error('Waited in vain, maybe for a clock that stands still.'))),
    ]);
  } finally {
    vi.useRealTimers();
  }
}

/** An hour: longer than any wait that is meant to end by itself. */
export const HOUR = 3_600_000;
