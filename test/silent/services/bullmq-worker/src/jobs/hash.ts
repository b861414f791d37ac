import { Piscina } from 'piscina';

export const threads = new Piscina({
  filename: new URL('hash-thread.js', import.meta.url).href,
  maxThreads: 4,
  idleTimeout: 30_000,
});

export const hash = (file: string): Promise<string> =>
  threads.run({ file }, { signal: AbortSignal.timeout(60_000) });
