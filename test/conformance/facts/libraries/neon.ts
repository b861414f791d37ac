/** What the options of @neondatabase/serverless do: its pool is that of pg, over WebSockets. */
import { WebSocket } from 'ws';
import { neon } from '../../../../src/catalog/libraries/neon.js';
import type { LibraryChecks } from '../check.js';
import { pgPoolChecks, type PgLibrary, type PgPool } from '../support/pg-pool.js';
import { startWebSocketProxy, type WebSocketProxy } from '../support/web-socket-proxy.js';

// The way to the proxy is a setting of the whole library, so that pools which run side by side share one.
let users = 0;
let proxy: Promise<WebSocketProxy> | undefined;

const subject: PgLibrary = {
  library: neon,
  open: async (options) => {
    const { neonConfig, Pool } = await import('@neondatabase/serverless');
    const { addressFor } = await (proxy ??= startWebSocketProxy());
    neonConfig.webSocketConstructor = WebSocket;
    neonConfig.useSecureWebSocket = false;
    // A server of this machine asks for the password in its own way.
    neonConfig.pipelineConnect = false;
    neonConfig.wsProxy = addressFor;
    return new Pool(options) as unknown as PgPool;
  },
  around: async (use) => {
    users++;
    proxy ??= startWebSocketProxy();
    try {
      return await use();
    } finally {
      if (--users === 0) {
        const last = await proxy;
        proxy = undefined;
        await last.stop();
      }
    }
  },
};

export default {
  library: '@neondatabase/serverless',
  packages: ['@neondatabase/serverless'],
  checks: pgPoolChecks(subject),
} satisfies LibraryChecks;
