import { Agent, interceptors, RetryAgent, type Dispatcher } from 'undici';

export interface HttpOptions {
  connections?: number;
  timeout?: number;
  retries?: number;
}

/** An agent with limits; the caller closes it. */
export const createAgent = ({
  connections = 50,
  timeout = 10_000,
  retries = 0,
}: HttpOptions = {}): Dispatcher => {
  const agent = new Agent({
    connections,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connectTimeout: Math.min(timeout, 3_000),
  });
  return retries > 0 ? new RetryAgent(agent, { maxRetries: retries }) : agent;
};

/** For tests and one-off calls that want nothing else. */
export const withRedirects = (dispatcher: Dispatcher): Dispatcher =>
  dispatcher.compose(interceptors.redirect({ maxRedirections: 3 }));

export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`${status}: ${body.slice(0, 200)}`);
  }
}

/** A client for JSON over `fetch`. The signal of the caller counts as well as the timeout. */
export const createJsonClient = (base: string, { timeout = 10_000 }: HttpOptions = {}) =>
  async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
    const deadline = AbortSignal.timeout(timeout);
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    const response = await fetch(new URL(path, base), { ...init, signal });
    if (!response.ok) throw new HttpError(response.status, await response.text());
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  };

/** The raw response, for who wants to stream it. */
export function send(url: string | URL, init: RequestInit & { timeout: number }): Promise<Response> {
  const { timeout, ...rest } = init;
  return fetch(url, { signal: AbortSignal.timeout(timeout), ...rest });
}
