import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { upstreams } from './upstreams.js';

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'host']);

export async function proxy(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name = '', ...rest] = request.url!.split('/');
  const upstream = upstreams[name];
  if (!upstream) {
    response.writeHead(404).end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { statusCode, headers, body } = await upstream.request({
    path: `/${rest.join('/')}`,
    method: request.method as 'GET',
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([key]) => !HOP_BY_HOP.has(key)),
    ) as Record<string, string>,
    body: request.method === 'GET' || request.method === 'HEAD' ? null : request,
    signal: AbortSignal.any([gone.signal, AbortSignal.timeout(60_000)]),
  });
  if (statusCode === 304 || request.method === 'HEAD') {
    response.writeHead(statusCode, headers).end();
    await body.dump();
    return;
  }
  response.writeHead(statusCode, headers);
  await pipeline(body, response);
}
