import https from 'node:https';
import CacheableLookup from 'cacheable-lookup';
import { HttpsProxyAgent } from 'https-proxy-agent';
import fetch from 'node-fetch';

const dns = new CacheableLookup({ maxTtl: 60 });

const agent = process.env.HTTPS_PROXY
  ? new HttpsProxyAgent(process.env.HTTPS_PROXY, { keepAlive: true, maxSockets: 10, timeout: 30_000 })
  : new https.Agent({
      keepAlive: true,
      maxSockets: 10,
      maxFreeSockets: 5,
      timeout: 30_000,
      lookup: dns.lookup,
    });

export interface Identity {
  sub: string;
  scope: string[];
}

export async function introspect(token: string): Promise<Identity | null> {
  const response = await fetch('https://id.example/introspect', {
    method: 'POST',
    body: new URLSearchParams({ token }),
    agent,
    signal: AbortSignal.timeout(3_000),
  });
  if (response.status !== 200) {
    await response.text();
    return null;
  }
  return (await response.json()) as Identity;
}

/** Tells the audit; nobody waits for the answer. */
export function audit(line: string): void {
  const request = https.request('https://audit.example/lines', { method: 'POST', agent, timeout: 2_000 });
  request.on('response', (response) => response.resume());
  request.on('timeout', () => request.destroy());
  request.on('error', (error) => console.warn('audit', error.message));
  request.end(line);
}

export const closeIdentity = (): void => agent.destroy();
