import { Agent, BalancedPool, Pool, ProxyAgent, setGlobalDispatcher, type Dispatcher } from 'undici';

const limits = {
  connections: 64,
  headersTimeout: 10_000,
  bodyTimeout: 30_000,
  connectTimeout: 2_000,
  keepAliveTimeout: 20_000,
};

// All that goes through the global fetch.
setGlobalDispatcher(
  process.env.HTTPS_PROXY
    ? new ProxyAgent({
        uri: process.env.HTTPS_PROXY,
        connections: 20,
        headersTimeout: 10_000,
        bodyTimeout: 30_000,
      })
    : new Agent(limits),
);

export const upstreams: Readonly<Record<string, Dispatcher>> = {
  api: new BalancedPool(['http://api-1:8080', 'http://api-2:8080'], limits),
  files: new Pool('http://files:9000', { ...limits, connections: 16 }),
  legacy: new Pool('https://legacy.example', { ...limits, connections: 4, pipelining: 1 }),
};

export const closeUpstreams = (): Promise<unknown> =>
  Promise.allSettled(Object.values(upstreams).map((upstream) => upstream.close()));
