import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { stopWatching, watch } from './health.js';
import { audit, closeIdentity, introspect } from './identity.js';
import { proxy } from './proxy.js';
import { closeUpstreams } from './upstreams.js';

if (cluster.isPrimary) {
  for (let n = 0; n < Math.min(4, availableParallelism()); n++) cluster.fork();
  cluster.on('exit', (worker) => {
    if (!worker.exitedAfterDisconnect) cluster.fork();
  });
} else {
  const server = createServer({ requestTimeout: 60_000 }, async (request, response) => {
    try {
      const identity = await introspect(request.headers.authorization?.slice(7) ?? '');
      if (!identity) {
        response.writeHead(401).end();
        return;
      }
      audit(`${identity.sub} ${request.method} ${request.url}`);
      await proxy(request, response);
    } catch (error) {
      if (!response.headersSent) response.writeHead(502);
      response.end();
      console.error(request.url, error);
    }
  });
  void watch();
  server.listen(8080);

  const handlers = {
    SIGTERM: () => shutdown(10_000),
    SIGINT: () => shutdown(0),
  };
  Object.keys(handlers).forEach((signal) => process.once(signal, handlers[signal]));

  function shutdown(grace) {
    stopWatching();
    server.close(async () => {
      await closeUpstreams();
      closeIdentity();
    });
    setTimeout(() => server.closeAllConnections(), grace).unref();
  }
}
