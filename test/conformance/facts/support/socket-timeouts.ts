/** Times that a library gives to its sockets: too long to be waited for. */
import net from 'node:net';
import { vi } from 'vitest';

/** The timeouts that are set on sockets while something runs, in their order. */
export async function socketTimeouts(use: () => Promise<unknown>): Promise<readonly number[]> {
  const set = vi.spyOn(net.Socket.prototype, 'setTimeout');
  try {
    await use();
    return set.mock.calls.map(([milliseconds]) => milliseconds);
  } finally {
    set.mockRestore();
  }
}
